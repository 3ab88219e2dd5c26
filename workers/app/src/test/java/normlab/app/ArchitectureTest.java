package normlab.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows: contract ← platform, dataset, learning, report ← app. */
@AnalyzeClasses(packages = "normlab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CONTRACT = {
        "normlab.experiment..",
        "normlab.json..",
        "normlab.port..",
        "normlab.provenance..",
        "normlab.registration..",
        "normlab.task..",
        "normlab.trial.."
    };

    @ArchTest
    static final ArchRule theContractDependsOnNoOtherModule = noClasses()
            .that()
            .resideInAnyPackage(CONTRACT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "normlab.platform..",
                    "normlab.dataset..",
                    "normlab.learning..",
                    "normlab.report..",
                    "normlab.app..");

    @ArchTest
    static final ArchRule thePlatformMeetsNoSibling = noClasses()
            .that()
            .resideInAPackage("normlab.platform..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("normlab.dataset..", "normlab.learning..", "normlab.report..", "normlab.app..");

    @ArchTest
    static final ArchRule datasetsMeetNoSibling = noClasses()
            .that()
            .resideInAPackage("normlab.dataset..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("normlab.platform..", "normlab.learning..", "normlab.report..", "normlab.app..");

    @ArchTest
    static final ArchRule learningMeetsNoSibling = noClasses()
            .that()
            .resideInAPackage("normlab.learning..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("normlab.platform..", "normlab.dataset..", "normlab.report..", "normlab.app..");

    @ArchTest
    static final ArchRule reportsMeetNoSibling = noClasses()
            .that()
            .resideInAPackage("normlab.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("normlab.platform..", "normlab.dataset..", "normlab.learning..", "normlab.app..");

    @ArchTest
    static final ArchRule onlyLearningSeesDjl = noClasses()
            .that()
            .resideOutsideOfPackage("normlab.learning..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule onlyItsAdapterSeesConductor = noClasses()
            .that()
            .resideOutsideOfPackage("normlab.platform.conductor..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.netflix.conductor..");

    @ArchTest
    static final ArchRule onlyItsAdapterSeesTheAwsSdk = noClasses()
            .that()
            .resideOutsideOfPackage("normlab.platform.s3..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule onlyTheCommandLineTalksToTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage("normlab.app.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("normlab.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyTaskIsAFinalClassOrRecord = classes()
            .that()
            .implement(normlab.task.Task.class)
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
