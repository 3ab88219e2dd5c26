package normlab.platform.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.platform.process.ProcessInfo;
import normlab.platform.process.ProcessRef;
import normlab.platform.server.Endpoints;

/**
 * The stack as its supervisor last recorded it.
 *
 * @param folder the data folder of the stack; earlier versions did not record it
 * @param members servers and workers, in the order in which they were added
 * @param problem why the stack failed, where it did
 * @param setup what its workers are made of, see {@link StackSettings}
 */
public record StackState(
        Phase phase,
        ProcessRef supervisor,
        Optional<String> folder,
        Endpoints endpoints,
        List<ProcessInfo> members,
        Optional<String> problem,
        Optional<Map<String, String>> setup) {
    public StackState {
        members = List.copyOf(members);
        setup = setup.map(Map::copyOf);
    }

    /** Where the stack is in its life. */
    public enum Phase {
        STARTING,
        RUNNING,
        STOPPING,
        STOPPED,
        FAILED
    }

    public Optional<ProcessInfo> member(String name) {
        return members.stream().filter(m -> m.name().equals(name)).findFirst();
    }

    static StackState starting(String folder, Endpoints endpoints, Map<String, String> setup) {
        return new StackState(
                Phase.STARTING,
                ProcessRef.current(),
                Optional.of(folder),
                endpoints,
                List.of(),
                Optional.empty(),
                Optional.of(setup));
    }

    /** What a new supervisor finds: nothing runs, and the ports are remembered. */
    StackState cleared() {
        return new StackState(Phase.STOPPED, supervisor, folder, endpoints, List.of(), Optional.empty(), setup);
    }

    StackState in(Phase next) {
        return new StackState(next, supervisor, folder, endpoints, members, problem, setup);
    }

    StackState failedBy(String found) {
        return new StackState(Phase.FAILED, supervisor, folder, endpoints, members, Optional.of(found), setup);
    }

    /** Adds the member, or replaces the one of its name. */
    StackState with(ProcessInfo member) {
        List<ProcessInfo> next = new ArrayList<>(members);
        int index = members.stream().map(ProcessInfo::name).toList().indexOf(member.name());
        if (index < 0) {
            next.add(member);
        } else {
            next.set(index, member);
        }
        return new StackState(phase, supervisor, folder, endpoints, next, problem, setup);
    }
}
