package normlab.platform.mlflow;

/** An answer of the server other than success; the status is 0 if there was no answer. */
final class MlflowRefusal extends RuntimeException {
    private final int status;
    private final String code;

    MlflowRefusal(String message, int status, String code) {
        super(message);
        this.status = status;
        this.code = code;
    }

    MlflowRefusal(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.code = "";
    }

    /** The same refusal with its subject. */
    MlflowRefusal about(String subject) {
        MlflowRefusal said = new MlflowRefusal("[%s] %s".formatted(subject, getMessage()), status, code);
        said.initCause(this);
        return said;
    }

    /** Whether the server understood and rejected the request, rather than being away or broken. */
    boolean isAnswer() {
        return status >= 400 && status < 500;
    }

    /** Whether the same request would always be answered like this; a login can be fixed, and a busy server recovers. */
    boolean isForGood() {
        return isAnswer() && status != 401 && status != 403 && status != 429;
    }

    /** MLflow's error code, such as {@code RESOURCE_DOES_NOT_EXIST}. */
    String code() {
        return code;
    }
}
