package io.gops.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/// Imports run one way: text, syntax, fleet, proofs, deployment, plans.
@AnalyzeClasses(packages = "io.gops", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageDirectionTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      SlicesRuleDefinition.slices().matching("io.gops.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule SYNTAX_KNOWS_NOTHING_OF_GAMES =
      noClasses()
          .that()
          .resideInAPackage("io.gops.syntax..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.gops.schema..",
              "io.gops.bind..",
              "io.gops.fleet..",
              "io.gops.deployment..",
              "io.gops.capacity..",
              "io.gops.network..",
              "io.gops.plan..");

  @ArchTest
  static final ArchRule WHAT_RUNS_DOES_NOT_KNOW_HOW_IT_WAS_WRITTEN =
      noClasses()
          .that()
          .resideInAnyPackage("io.gops.deployment..", "io.gops.network..", "io.gops.plan..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.gops.syntax..", "io.gops.schema..", "io.gops.bind..");

  @ArchTest
  static final ArchRule ONLY_SYNTAX_SEES_THE_PARSER_GENERATOR =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gops.syntax..", "io.gops.grammar..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.antlr..", "io.gops.grammar..");

  // Words in a language that somebody chose never reach a generated file.
  @ArchTest
  static final ArchRule ONLY_REPORTS_SPEAK_A_LANGUAGE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gops.diagnostic..", "io.gops.cli..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.gops.diagnostic.Catalogue");
}
