package normlab.app.cli;

import java.io.PrintWriter;
import normlab.json.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a person why a command failed: one line, or one for each problem of an input. */
final class FailureHandler implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof InvalidInputException invalid
                && invalid.problems().size() > 1) {
            err.printf(
                    "normlab: %s has %d problems:%n",
                    invalid.subject(), invalid.problems().size());
            invalid.problems().forEach(problem -> err.println("  " + problem));
        } else if (failure instanceof InvalidInputException invalid) {
            err.printf(
                    "normlab: [%s] %s%n", invalid.subject(), invalid.problems().getFirst());
        } else {
            err.println("normlab: " + message(failure));
        }
        if (NormLab.of(command.getCommandSpec()).verbose()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.of(failure);
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.toString() : message;
    }
}
