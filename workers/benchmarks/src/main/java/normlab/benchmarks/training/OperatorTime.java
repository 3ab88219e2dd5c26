package normlab.benchmarks.training;

/**
 * Time within an operator of PyTorch, without that of the operators that it calls.
 *
 * @param calls a training step
 * @param millis a training step
 * @param share of the time within all operators
 */
public record OperatorTime(String operator, double calls, double millis, double share) {}
