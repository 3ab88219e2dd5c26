package normlab.json;

import java.util.List;

/** An input that cannot be used as it is: a configuration, a task's input, a stored document. */
public final class InvalidInputException extends RuntimeException {
    private final String subject;
    private final List<String> problems;

    public InvalidInputException(String subject, List<String> problems) {
        super(message(subject, problems));
        this.subject = subject;
        this.problems = List.copyOf(problems);
    }

    public InvalidInputException(String subject, String problem) {
        this(subject, List.of(problem));
    }

    private static String message(String subject, List<String> problems) {
        String head = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return "[%s] %s: %s".formatted(subject, head, String.join("; ", problems));
    }

    public String subject() {
        return subject;
    }

    public List<String> problems() {
        return problems;
    }
}
