package normlab.app.evidence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import normlab.json.InvalidInputException;

/**
 * A bundle as one ZIP file in exactly one form: entries in order, uncompressed, all of the same time. So a change of any
 * byte shows, those between the files included.
 */
final class BundleArchive {
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private BundleArchive() {}

    static byte[] write(Bundle bundle) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                entry.setCrc(crc.getValue());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a bundle", e);
        }
        return archive.toByteArray();
    }

    /** @throws InvalidInputException naming the file in it that is damaged, if it is not exactly what {@link #write} made */
    static Bundle read(byte[] archive, String subject) {
        TreeMap<String, byte[]> files = new TreeMap<>();
        String at = "its beginning";
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                at = printable(entry.getName());
                if (entry.getMethod() != ZipEntry.STORED) {
                    // It could unpack to any size; what was exported never unpacks to more than the archive.
                    throw new InvalidInputException(
                            subject, "is not as it was exported at %s: the file is compressed".formatted(at));
                }
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException(subject, "is damaged at %s: %s".formatted(at, e.getMessage()));
        }
        if (files.isEmpty()) {
            throw new InvalidInputException(subject, "is not a ZIP archive; expected one that ./normlab export wrote");
        }
        Bundle bundle = new Bundle(files);
        int mismatch = Arrays.mismatch(archive, write(bundle));
        if (mismatch >= 0) {
            throw new InvalidInputException(
                    subject,
                    "is not as it was exported from byte %d on, near %s: it was damaged or packed again; %s"
                            .formatted(mismatch, near(bundle, mismatch), printable(contents(bundle))));
        }
        return bundle;
    }

    /** Who packed it again wants to know whether that is all. */
    private static String contents(Bundle bundle) {
        try {
            List<String> damage = bundle.damage();
            return damage.isEmpty() ? "each file in it is as the manifest says" : String.join("; ", damage);
        } catch (InvalidInputException e) {
            return e.subject() + " " + String.join("; ", e.problems());
        }
    }

    /** A name may hold what moves a terminal's cursor. */
    private static String printable(String name) {
        return name.replaceAll("\\p{C}", "?");
    }

    /** The file at or before a position in the archive; the last file, where the position is after all files. */
    private static String near(Bundle bundle, int position) {
        long end = 0;
        for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
            end += file.getValue().length + file.getKey().length() + ZipEntry.LOCHDR;
            if (position < end) {
                return printable(file.getKey());
            }
        }
        return "its table of contents";
    }
}
