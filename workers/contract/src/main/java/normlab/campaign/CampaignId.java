package normlab.campaign;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a campaign, such as {@code quick-20261123-005334-6c03}: its experiment, the second of its start in UTC, and
 * four random digits. Campaigns can be ordered and filtered by their ids alone, without a look into their records.
 *
 * @param startedAt to the second
 */
public record CampaignId(String text, String experiment, Instant startedAt) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern FORM = Pattern.compile("(.+)-(\\d{8}-\\d{6})-[0-9a-f]{4}");

    /** A new one. */
    public static CampaignId create(String experiment, Instant startedAt) {
        String text = "%s-%s-%04x".formatted(experiment, STAMP.format(startedAt), new SecureRandom().nextInt(1 << 16));
        return new CampaignId(text, experiment, startedAt.truncatedTo(SECONDS));
    }

    /** Empty if the text does not have the form of an id. */
    public static Optional<CampaignId> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CampaignId(text, form.group(1), STAMP.parse(form.group(2), Instant::from)));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }
}
