package normlab.benchmarks.training;

import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import normlab.experiment.TrialSpec;
import normlab.json.Json;
import normlab.learning.data.Geometry;

/** Where the time of training steps goes, down to PyTorch's operators, by PyTorch's own profiler. */
public final class OperatorProfile {
    private static final double WARM_UP_SECONDS = 1;

    private OperatorProfile() {}

    /**
     * Steps are profiled one by one, each after one that is not: under the profiler a step's memory is not used again, so
     * that all would go to pages that the system clears first.
     *
     * @return the most expensive first
     */
    public static List<OperatorTime> of(TrialSpec spec, Geometry geometry, int steps) throws IOException {
        Path trace = Files.createTempFile("normlab-profile", ".json");
        try (TrainingBench bench = new TrainingBench(spec, geometry)) {
            bench.train(WARM_UP_SECONDS);
            List<JsonNode> traces = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                bench.step();
                JniUtils.startProfile(false, false, false);
                bench.step();
                JniUtils.stopProfile(trace.toString());
                traces.add(Json.parse(Files.readAllBytes(trace), "PyTorch's trace"));
            }
            return summary(traces);
        } finally {
            Files.delete(trace);
        }
    }

    /** One call of an operator. Times are in microseconds. */
    private record Call(String operator, double start, double end) {}

    /** What is summed up of an operator. */
    private static final class Sum {
        private long calls;
        private double micros;
    }

    /** @param steps the trace of each in Chrome's format: complete events with their start and duration, on threads */
    static List<OperatorTime> summary(List<JsonNode> steps) {
        Map<String, Sum> sums = new HashMap<>();
        steps.forEach(trace -> threads(trace).forEach(calls -> add(calls, sums)));
        double all = micros(sums.values());
        return sums.entrySet().stream()
                .map(e -> new OperatorTime(
                        e.getKey(),
                        (double) e.getValue().calls / steps.size(),
                        e.getValue().micros / 1e3 / steps.size(),
                        e.getValue().micros / all))
                .sorted(Comparator.comparingDouble(OperatorTime::millis).reversed())
                .toList();
    }

    private static Collection<List<Call>> threads(JsonNode trace) {
        Map<String, List<Call>> threads = new HashMap<>();
        for (JsonNode event : trace.isArray() ? trace : trace.path("traceEvents")) {
            if (event.path("ph").asText().equals("X")) {
                double start = event.required("ts").asDouble();
                String name = event.required("name").asText();
                Call call = new Call(name, start, start + event.required("dur").asDouble());
                threads.computeIfAbsent(event.path("tid").asText(), t -> new ArrayList<>())
                        .add(call);
            }
        }
        return threads.values();
    }

    private static double micros(Collection<Sum> sums) {
        return sums.stream().mapToDouble(s -> s.micros).sum();
    }

    /** Calls of one thread nest: what the inner ones take is taken off the outer one. */
    private static void add(List<Call> calls, Map<String, Sum> sums) {
        calls.sort(Comparator.comparingDouble(Call::start)
                .thenComparing(Comparator.comparingDouble(Call::end).reversed()));
        Deque<Call> outer = new ArrayDeque<>();
        for (Call call : calls) {
            while (!outer.isEmpty() && outer.getFirst().end() <= call.start()) {
                outer.removeFirst();
            }
            double micros = call.end() - call.start();
            if (!outer.isEmpty()) {
                sum(sums, outer.getFirst()).micros -= micros;
            }
            sum(sums, call).micros += micros;
            sum(sums, call).calls++;
            outer.addFirst(call);
        }
    }

    private static Sum sum(Map<String, Sum> sums, Call call) {
        return sums.computeIfAbsent(call.operator(), o -> new Sum());
    }
}
