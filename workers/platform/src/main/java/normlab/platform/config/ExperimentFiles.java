package normlab.platform.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.json.Problems;
import normlab.json.StrictBinding;

/**
 * The experiments of a folder, one YAML file each, named by its file. A file may extend another and then states only
 * what differs. {@code base} is there to be extended and {@link ArmCatalogue arms} to be referred to; neither is an
 * experiment itself.
 */
public final class ExperimentFiles {
    private static final String SUFFIX = ".yaml";
    private static final String BASE = "base";

    /** Names of arms are part of labels, tags and names of models. */
    private static final String ARM = "[a-z0-9][a-z0-9._-]{0,63}";

    private final Path folder;

    /** @param folder for example {@code workflows/experiments} */
    public ExperimentFiles(Path folder) {
        this.folder = folder;
    }

    /** The names that {@link #load} accepts, in alphabetical order. */
    public List<String> names() {
        return files().stream().filter(n -> !n.equals(BASE)).toList();
    }

    /**
     * Resolves an experiment: every inherited value in place, every value checked.
     *
     * @throws InvalidInputException with the file and all its problems; for an unknown name, with the known ones
     */
    public Experiment load(String name) {
        return load(name, List.of());
    }

    /**
     * As {@link #load(String)}, with values of the command line that override those of the files.
     *
     * @param settings {@code recipe.learningRate=0.05} each; {@code null} or no value removes
     */
    public Experiment load(String name, List<String> settings) {
        if (!names().contains(name)) {
            throw new InvalidInputException(
                    "experiment " + name, "is not in %s%s".formatted(folder, StrictBinding.suggestion(name, names())));
        }
        Problems problems = new Problems();
        Deque<ObjectNode> differences = chain(name);
        differences.addLast(Settings.difference(settings));
        ObjectNode resolved = resolved(differences, problems);
        String subject = settings.isEmpty()
                ? file(name).toString()
                : "%s with --set %s".formatted(file(name), String.join(" --set ", settings));
        resolved.path("arms")
                .fieldNames()
                .forEachRemaining(arm -> problems.check(
                        arm.matches(ARM),
                        "arms.%s: expected a name of at most 64 lower-case letters, digits, ., _ and -"
                                .formatted(arm)));
        problems.throwIfAny(subject);
        resolved.put("name", name);
        try {
            return StrictBinding.bind(resolved, Experiment.class, subject);
        } catch (InvalidInputException refused) {
            throw new InvalidInputException(subject, all(resolved, refused));
        }
    }

    /** The constructor of a record stops at the first bad value, and does not run at all if a value has a wrong type. */
    private static List<String> all(ObjectNode resolved, InvalidInputException refused) {
        List<String> problems = new ArrayList<>(StrictBinding.problems(resolved, Experiment.class));
        problems.addAll(ExperimentRanges.problems(resolved));
        return problems.isEmpty() ? refused.problems() : problems;
    }

    private ObjectNode resolved(Deque<ObjectNode> fromTheRoot, Problems problems) {
        MapMerge merge = new MapMerge(problems);
        ArmCatalogue catalogue = ArmCatalogue.in(folder);
        ObjectNode resolved = JsonNodeFactory.instance.objectNode();
        for (ObjectNode difference : fromTheRoot) {
            difference.remove("extends");
            if (difference.has("name")) {
                problems.add("name is not a key of an experiment: its name is that of its file");
            }
            catalogue.inherit(resolved, difference);
            resolved = merge.merge(resolved, difference);
        }
        return resolved;
    }

    private Deque<ObjectNode> chain(String name) {
        Deque<ObjectNode> chain = new ArrayDeque<>();
        List<String> seen = new ArrayList<>();
        for (String next = name; !next.isEmpty(); ) {
            seen.add(next);
            ObjectNode content = YamlFile.read(file(next));
            chain.addFirst(content);
            next = parent(next, content);
            if (seen.contains(next)) {
                throw new InvalidInputException(
                        file(name).toString(), "extends itself: %s → %s".formatted(String.join(" → ", seen), next));
            }
        }
        return chain;
    }

    /** Empty for a file that extends none. */
    private String parent(String name, ObjectNode content) {
        JsonNode parent = content.path("extends");
        if (parent.isMissingNode()) {
            return "";
        }
        if (!parent.isTextual() || !files().contains(parent.textValue())) {
            throw new InvalidInputException(
                    file(name).toString(),
                    "extends is %s, which is not in %s%s"
                            .formatted(parent, folder, StrictBinding.suggestion(parent.asText(), files())));
        }
        return parent.textValue();
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(SUFFIX))
                    .map(f -> f.substring(0, f.length() - SUFFIX.length()))
                    .filter(f -> !f.equals(ArmCatalogue.NAME))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the experiments in " + folder, e);
        }
    }
}
