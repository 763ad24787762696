package io.gops.lsp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/// Imports of the language server run one way: text, meaning, fleets, features, protocol.
@AnalyzeClasses(packages = "io.gops.lsp", importOptions = ImportOption.DoNotIncludeTests.class)
class ServerDirectionTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      SlicesRuleDefinition.slices().matching("io.gops.lsp.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule WHAT_WORDS_MEAN_KNOWS_NO_PROTOCOL =
      noClasses()
          .that()
          .resideInAnyPackage("io.gops.lsp.meaning..", "io.gops.lsp.fleet..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.lsp4j..");

  @ArchTest
  static final ArchRule NOTHING_KNOWS_HOW_OUTPUT_IS_SPELLED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.gops.kubernetes..",
              "io.gops.openvswitch..",
              "io.gops.rollout..",
              "io.gops.report..",
              "io.gops.layout..",
              "io.gops.yaml..",
              "io.gops.adoption..",
              "io.fabric8..",
              "freemarker..",
              "dev.cel..",
              "org.yaml..");
}
