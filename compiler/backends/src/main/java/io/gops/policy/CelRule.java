package io.gops.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A rule whose expression is compiled. CEL has neither loops nor recursion; what its macros repeat
/// is counted, so every rule ends soon whatever it says.
final class CelRule {
  /// Turns of all macros in one evaluation; a fleet of ten thousand zones needs some ten thousand.
  private static final int MOST_TURNS = 2_000_000;

  private static final CelOptions LIMITS =
      CelOptions.current()
          .comprehensionMaxIterations(MOST_TURNS)
          .maxExpressionCodePointSize(20_000)
          .maxParseRecursionDepth(100)
          .build();

  private static final Pattern ABSENT = Pattern.compile("key '(.*)' is not present");

  private final TeamRule rule;
  private final CelRuntime.Program program;

  private CelRule(TeamRule rule, CelRuntime.Program program) {
    this.rule = rule;
    this.program = program;
  }

  /// Absent when the expression is wrong; the first mistake is reported where it stands.
  static Optional<CelRule> compile(TeamRule rule, Diagnostics diagnostics) {
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(LIMITS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("fleet", SimpleType.DYN)
            .addVar("deployment", SimpleType.DYN)
            .addVar("it", SimpleType.DYN)
            .addVar("name", SimpleType.STRING)
            .setResultType(SimpleType.BOOL)
            .build();
    CelValidationResult result = compiler.compile(rule.file().text());
    if (result.hasError()) {
      report(rule, result.getErrors().getFirst(), diagnostics);
      return Optional.empty();
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(LIMITS).build();
      return Optional.of(new CelRule(rule, runtime.createProgram(tree)));
    } catch (CelValidationException | CelEvaluationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void report(TeamRule rule, CelIssue issue, Diagnostics diagnostics) {
    diagnostics.report(
        Diagnostic.of(Code.GOPS7922, rule.file().path(), issue.getMessage())
            .at(place(rule.file(), issue))
            .hint("hint"));
  }

  /// CEL counts columns in code points, from 0.
  private static Place place(SourceFile file, CelIssue issue) {
    int line = Math.clamp(issue.getSourceLocation().getLine(), 1, file.lineCount());
    String text = file.lineText(line);
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    int points = text.codePointCount(0, text.length());
    int offset = text.offsetByCodePoints(0, Math.min(column, points));
    return new Place(file, new Span(file.lineStart(line) + offset, offset < text.length() ? 1 : 0));
  }

  /// Reports what violates the rule.
  void judge(Subjects subjects, Diagnostics diagnostics) {
    if (rule.each().isEmpty()) {
      if (isViolated(subjects.variables(), "", diagnostics)) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS7921, rule.message())
                .severity(rule.severity())
                .at(TeamRule.place(rule.file(), 1))
                .hint("hint", rule.file().path()));
      }
      return;
    }
    String each = rule.each().get();
    for (Map.Entry<String, Object> entry : subjects.each(each).entrySet()) {
      Map<String, Object> variables = new HashMap<>(subjects.variables());
      variables.put("it", entry.getValue());
      variables.put("name", entry.getKey());
      Diagnostics failures = new Diagnostics();
      if (isViolated(variables, each + " " + entry.getKey(), failures)) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS7921, rule.message())
                .saying("each", entry.getKey(), rule.message())
                .severity(rule.severity())
                .at(subjects.place(each, entry.getKey()))
                .related(TeamRule.place(rule.file(), 1), "related")
                .hint("hint", rule.file().path()));
      }
      diagnostics.reportAll(failures.sorted());
      if (failures.hasErrors()) {
        return;
      }
    }
  }

  private boolean isViolated(
      Map<String, Object> variables, String subject, Diagnostics diagnostics) {
    try {
      Object result = program.eval(variables);
      if (result instanceof Boolean isViolated) {
        return isViolated;
      }
      diagnostics.report(failure("bool", subject));
    } catch (CelEvaluationException failed) {
      Matcher absent = ABSENT.matcher(String.valueOf(failed.getMessage()));
      diagnostics.report(
          switch (failed.getErrorCode()) {
            case ITERATION_BUDGET_EXCEEDED -> failure("turns", subject, MOST_TURNS);
            default ->
                absent.find()
                    ? failure("absent", subject, absent.group(1))
                    : failure("types", subject);
          });
    }
    return false;
  }

  private Diagnostic failure(String how, String subject, Object... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = rule.file().path();
    arguments[1] = subject.isEmpty() ? "fleet" : subject;
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Diagnostic.of(Code.GOPS7923, rule.file().path())
        .saying(how, arguments)
        .at(TeamRule.place(rule.file(), 1))
        .hint("hint-" + how)
        .build();
  }
}
