package normlab.platform.mlflow;

/** An answer of the server other than success; 0 as status where there was none. */
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

    /** The same refusal, saying what it was about. */
    MlflowRefusal about(String subject) {
        MlflowRefusal said = new MlflowRefusal("[%s] %s".formatted(subject, getMessage()), status, code);
        said.initCause(this);
        return said;
    }

    /** Whether the server understood the request and says no to it, as against being away or broken. */
    boolean isAnswer() {
        return status >= 400 && status < 500;
    }

    /** Whether the same request would be answered alike forever; a login may be mended, and a busy server has time later. */
    boolean isForGood() {
        return isAnswer() && status != 401 && status != 403 && status != 429;
    }

    /** MLflow's error code, such as {@code RESOURCE_DOES_NOT_EXIST}. */
    String code() {
        return code;
    }
}
