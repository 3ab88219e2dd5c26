package normlab.platform.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stack as its supervisor last wrote it down.
 *
 * @param members servers and workers, in the order in which they were added
 * @param problem why the stack failed, where it did
 * @param setup what its workers are made of, as {@link Supervisor} was told
 */
public record StackState(
        Phase phase,
        ProcessRef supervisor,
        Endpoints endpoints,
        List<Member> members,
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

    /** Where one process is in its life. */
    public enum Status {
        PREPARING,
        STARTING,
        UP,
        RESTARTING,
        STOPPED
    }

    /**
     * One server or worker.
     *
     * @param descendants of the process, as last seen
     * @param restarts how often it died and was started again
     * @param note one line for a person
     */
    public record Member(
            String name,
            Status status,
            Optional<ProcessRef> process,
            List<ProcessRef> descendants,
            int restarts,
            String note) {
        public Member {
            descendants = List.copyOf(descendants);
        }

        static Member preparing(String name, String note) {
            return new Member(name, Status.PREPARING, Optional.empty(), List.of(), 0, note);
        }
    }

    public Optional<Member> member(String name) {
        return members.stream().filter(m -> m.name().equals(name)).findFirst();
    }

    static StackState starting(Endpoints endpoints, Map<String, String> setup) {
        return new StackState(
                Phase.STARTING, ProcessRef.current(), endpoints, List.of(), Optional.empty(), Optional.of(setup));
    }

    /** The state that a new supervisor finds: nothing runs, the ports are remembered. */
    StackState cleared() {
        return new StackState(Phase.STOPPED, supervisor, endpoints, List.of(), Optional.empty(), setup);
    }

    StackState in(Phase next) {
        return new StackState(next, supervisor, endpoints, members, problem, setup);
    }

    StackState failedBy(String found) {
        return new StackState(Phase.FAILED, supervisor, endpoints, members, Optional.of(found), setup);
    }

    /** Adds the member or takes the place of the one with its name. */
    StackState with(Member member) {
        List<Member> next = new ArrayList<>(members);
        int index = members.stream().map(Member::name).toList().indexOf(member.name());
        if (index < 0) {
            next.add(member);
        } else {
            next.set(index, member);
        }
        return new StackState(phase, supervisor, endpoints, next, problem, setup);
    }
}
