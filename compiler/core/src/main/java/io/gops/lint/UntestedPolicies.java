package io.gops.lint;

import io.gops.bind.Declared;
import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import io.gops.syntax.Item;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// GOPS7010: a policy without one `expect` about its VPC or its games. Rules say what is allowed;
/// only an expectation says what must stay so when somebody edits them.
final class UntestedPolicies implements Rule {
  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    Map<Place, Declared> untested = new LinkedHashMap<>();
    Set<Place> tested = new HashSet<>();
    for (Survey.Environment environment : subject.survey().environments()) {
      Set<String> expected = expected(environment);
      for (Declared policy : environment.declarations("policy")) {
        boolean isRuled = policy.rules().stream().anyMatch(Item.Rule.class::isInstance);
        if (isRuled) {
          untested.putIfAbsent(policy.name(), policy);
        }
        if (concerns(policy, environment).anyMatch(expected::contains) || isOwn(policy)) {
          tested.add(policy.name());
        }
      }
    }
    untested.keySet().removeAll(tested);
    untested
        .values()
        .forEach(
            policy ->
                report.accept(
                    Diagnostic.of(Code.GOPS7010, policy.label()).at(policy.name()).hint("hint")));
  }

  /// The games and VPCs that expectations speak of.
  private static Set<String> expected(Survey.Environment environment) {
    Set<String> names = new HashSet<>();
    Stream.concat(
            environment.expectations().stream(),
            environment.declarations("policy").stream().flatMap(p -> p.rules().stream()))
        .filter(Item.ExpectReachable.class::isInstance)
        .flatMap(UnreferencedDeclarations::endpoints)
        .forEach(
            endpoint -> {
              String path = endpoint.path().text();
              names.add(path.startsWith("vpc.") ? path : endpoint.path().head());
            });
    return names;
  }

  /// Whether an expectation of the policy speaks of all servers of its VPC.
  private static boolean isOwn(Declared policy) {
    return policy.rules().stream()
        .filter(Item.ExpectReachable.class::isInstance)
        .flatMap(UnreferencedDeclarations::endpoints)
        .anyMatch(endpoint -> endpoint.path().head().equals("servers"));
  }

  /// The VPC of a policy, and the games that run in it.
  private static Stream<String> concerns(Declared policy, Survey.Environment environment) {
    return policy.names("vpc").stream()
        .flatMap(
            vpc ->
                Stream.concat(
                    Stream.of("vpc." + vpc),
                    environment.declarations("zones").stream()
                        .filter(zones -> zones.names("vpc").contains(vpc))
                        .flatMap(zones -> zones.names("game").stream())));
  }
}
