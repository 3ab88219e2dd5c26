package normlab.app.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import normlab.testkit.FaultyLink.Weather;

/** The faults of the table. Each strikes a campaign of its own, whose results must not show it afterwards. */
final class Faults {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration WHILE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SLOT_BAR = Duration.ofSeconds(15);
    private static final List<String> OTHERS = List.of("conductor", "mlflow", "s3", "coordinator", "slot-1", "slot-2");

    private static final Map<String, String> DEAD_PROXY = Map.of(
            "HTTP_PROXY",
            "http://127.0.0.1:9",
            "http_proxy",
            "http://127.0.0.1:9",
            "https_proxy",
            "http://127.0.0.1:9");

    private Faults() {}

    static List<Fault> all() {
        return List.of(
                away("Conductor, MLflow and the S3 store", LONG, "conductor", "mlflow", "s3")
                        .byWaiting(),
                away("Conductor", MOMENT, "conductor"),
                away("Conductor", WHILE, "conductor"),
                away("MLflow", MOMENT, "mlflow"),
                away("MLflow", WHILE, "mlflow"),
                away("the S3 store", MOMENT, "s3"),
                away("the S3 store", WHILE, "s3"),
                withoutSupervisor("the supervisor killed", MOMENT, List.of()),
                withoutSupervisor("the supervisor killed", WHILE, List.of()),
                withoutSupervisor("all processes killed at once", MOMENT, OTHERS),
                withoutSupervisor("all processes killed at once", WHILE, OTHERS),
                new Fault("both slots killed in their first epoch", drill -> {
                            drill.freezeBeforeTheFirstEpoch();
                            drill.kill("slot-1", "slot-2");
                        })
                        .within(SLOT_BAR),
                new Fault("one of two slots killed within an epoch", drill -> {
                            drill.freezeInMidTraining();
                            drill.kill("slot-1");
                            drill.thaw("slot-2");
                        })
                        .within(SLOT_BAR),
                new Fault("both slots killed while uploading a checkpoint", drill -> {
                            drill.awaitMidTraining();
                            drill.freeze("s3");
                            drill.pass(MOMENT.multipliedBy(2));
                            drill.kill("slot-1", "slot-2");
                            drill.thaw("s3");
                        })
                        .within(SLOT_BAR),
                new Fault("both slots killed after the last upload, before Conductor was told", drill -> {
                            drill.awaitMidTraining();
                            drill.freeze("conductor");
                            drill.awaitTrained(2);
                            drill.kill("slot-1", "slot-2");
                            drill.thaw("conductor");
                        })
                        .within(SLOT_BAR),
                new Fault("`down`, then `up`", drill -> {
                    drill.awaitMidTraining();
                    drill.down();
                    drill.up();
                    drill.expectNoAttemptSpent();
                }),
                new Fault("`.normlab/state` deleted under the running stack, then `up`", drill -> {
                    drill.awaitMidTraining();
                    drill.deleteState();
                    drill.up();
                    drill.expectNoAttemptSpent();
                }),
                new Fault("`down` in a copy of the running checkout", drill -> {
                    drill.awaitMidTraining();
                    drill.downInACopy();
                    drill.expectNoAttemptSpent();
                }),
                new Fault("`down`, then `up` with a proxy set that does not answer", drill -> {
                    drill.awaitMidTraining();
                    drill.down();
                    drill.upWith(DEAD_PROXY);
                    drill.expectNoAttemptSpent();
                }),
                hung("Conductor", "conductor"),
                hung("MLflow", "mlflow"),
                hung("the S3 store", "s3"),
                link("each request and response delayed by 50 ms", Weather.SLOW),
                link("cut after 20 kB", Weather.CUTTING),
                link("refused", Weather.REFUSING),
                link("the store over its quota (403 QuotaExceeded)", Weather.OVER_QUOTA),
                new Fault(
                        "a slot's clock set one hour ahead, 5 s later two hours back", Fault.Site.OWN_CLOCK, drill -> {
                            drill.awaitMidTraining();
                            drill.setClock(Duration.ofHours(1));
                            drill.pass(Duration.ofSeconds(5));
                            drill.setClock(Duration.ofHours(-1));
                        }),
                new Fault(
                        "a worker machine lost until another takes over, then back as a zombie",
                        Fault.Site.SHORT_RESPONSE_TIMEOUT,
                        drill -> {
                            drill.freezeInMidTraining();
                            drill.thaw("slot-2");
                            drill.awaitTakenOver();
                            drill.expectNoticed("slot-1", Duration.ofSeconds(30));
                        }),
                new Fault("the disk of the store full for 15 s", drill -> {
                    drill.awaitMidTraining();
                    drill.withFullDisk(Duration.ofSeconds(15));
                }),
                new Fault("the folder of the store read-only for 15 s", drill -> {
                    drill.awaitMidTraining();
                    drill.withReadOnlyDisk(Duration.ofSeconds(15));
                }),
                corrupt("the newest checkpoint", drill -> drill.flipByte("checkpoint/")),
                corrupt("the journal", drill -> drill.flipByte("journal.jsonl")),
                corrupt("the prepared dataset", Drill::flipByteOfDataset),
                new Fault(
                        "a byte flipped in each of four cached trials (model, journal, record, result)",
                        Fault.Site.DAMAGED_CACHE,
                        drill -> {}),
                new Fault("the campaign and its trials paused in Conductor for 10 s, then `resume`", drill -> {
                    drill.awaitMidTraining();
                    drill.pauseInConductor();
                    drill.pass(Duration.ofSeconds(10));
                    drill.resume();
                    drill.expectNoAttemptSpent();
                }),
                new Fault("cancelled, then resumed", drill -> {
                    drill.awaitMidTraining();
                    drill.cancel();
                    drill.expectTrainingStops(Duration.ofSeconds(10));
                    drill.resume();
                }));
    }

    private static Fault away(String who, Duration time, String... members) {
        return new Fault("%s killed and kept down for %d s".formatted(who, time.toSeconds()), drill -> {
            drill.awaitMidTraining();
            drill.keepAway(time, members);
        });
    }

    private static Fault withoutSupervisor(String who, Duration time, List<String> others) {
        return new Fault("%s, `up` after %d s".formatted(who, time.toSeconds()), drill -> {
            drill.awaitMidTraining();
            drill.killSupervisorAnd(others);
            drill.pass(time);
            drill.up();
        });
    }

    private static Fault hung(String who, String member) {
        return new Fault(who + " hangs forever (SIGSTOP)", drill -> {
                    drill.awaitMidTraining();
                    drill.freeze(member);
                    drill.awaitReplaced(member);
                })
                .byWaiting();
    }

    private static Fault link(String what, Weather weather) {
        return new Fault("a slot's connections to all servers, for 15 s: " + what, Fault.Site.BEHIND_LINKS, drill -> {
            drill.awaitMidTraining();
            drill.withWeather(weather, Duration.ofSeconds(15));
        });
    }

    private static Fault corrupt(String what, Fault.Blow damage) {
        return new Fault("both slots killed, and a byte of %s flipped".formatted(what), drill -> {
            drill.freezeInMidTraining();
            damage.strike(drill);
            drill.kill("slot-1", "slot-2");
        });
    }
}
