package io.gops.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Each heavy library is loaded by the one back end that needs it, so that nothing else pays for
/// it.
@AnalyzeClasses(packages = "io.gops", importOptions = ImportOption.DoNotIncludeTests.class)
class LibraryUseTest {
  @ArchTest
  static final ArchRule ONLY_KUBERNETES_SEES_ITS_TYPES =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gops.kubernetes..", "io.gops.yaml..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..");

  @ArchTest
  static final ArchRule ONLY_LAYOUTS_SEE_THE_TEMPLATE_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gops.layout..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("freemarker..");

  @ArchTest
  static final ArchRule ONLY_RULES_OF_A_TEAM_SEE_THEIR_LANGUAGE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gops.policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.cel..");

  @ArchTest
  static final ArchRule BACK_ENDS_DO_NOT_READ_SOURCE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.gops.kubernetes..",
              "io.gops.openvswitch..",
              "io.gops.rollout..",
              "io.gops.directory..",
              "io.gops.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.gops.syntax..", "io.gops.schema..", "io.gops.bind..");
}
