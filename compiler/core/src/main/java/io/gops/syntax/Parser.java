package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostics;
import io.gops.grammar.GopsParser;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// Reads a `.gops` text into a [SyntaxTree].
///
/// Text → tokens ([Scanner]) → brackets in pairs ([Brackets]) → keywords ([Keywords]) → parse tree,
/// one top-level entry at a time → syntax tree ([AstBuilder]).
public final class Parser {
  private final SyntaxErrors errors;
  private final Characters characters;
  private final AstBuilder builder;

  private Parser(SyntaxErrors errors, Tokens tokens) {
    this.errors = errors;
    this.characters = new Characters(errors.file());
    this.builder = new AstBuilder(errors, tokens);
  }

  /// Always returns a tree; what could not be read is reported and left out or marked broken.
  public static SyntaxTree parse(SourceFile file, Diagnostics diagnostics) {
    SyntaxErrors errors = new SyntaxErrors(file, diagnostics);
    boolean badEncodingReported = SourceText.badEncodingReported(file, diagnostics);
    Scanner scanner = new Scanner(errors, badEncodingReported);
    int zero = file.text().indexOf('\0');
    if (zero >= 0) {
      if (!badEncodingReported) { // UTF-16 is both, and one mistake
        errors.report(new Span(zero, 1), SyntaxErrors.of(Code.GOPS1002));
      }
      return new Parser(errors, scanner.tokens()).builder.build();
    }
    scanner.scan();
    Lexemes lexemes = Brackets.balance(scanner.lexemes(), errors);
    new Keywords(lexemes, errors).mark();
    Parser parser = new Parser(errors, scanner.tokens());
    parser.parseEntries(lexemes);
    return parser.builder.build();
  }

  private void parseEntries(Lexemes lexemes) {
    int depth = 0;
    int start = 0;
    int annotated = 0; // from the start up to here are annotations only
    for (int i = 0; i < lexemes.size(); i++) {
      int type = lexemes.type(i);
      depth += Brackets.opens(type) ? 1 : Brackets.closes(type) ? -1 : 0;
      if (type != GopsParser.NEWLINE || depth != 0) {
        continue;
      }
      boolean isBlank = annotated == i;
      if (isBlank ? annotated > start : endsAnnotation(lexemes, annotated, i)) {
        annotated = i + 1;
      } else {
        parseEntry(lexemes, start, i + 1);
        start = i + 1;
        annotated = start;
      }
    }
    parseEntry(lexemes, start, lexemes.size());
  }

  /// Whether only annotations, which belong to the entry below, lie in the range.
  private static boolean endsAnnotation(Lexemes lexemes, int start, int end) {
    int at = start;
    while (at < end && lexemes.type(at) == GopsParser.AT) {
      at += 2;
      if (at < end && lexemes.type(at) == GopsParser.OPEN_GROUP) {
        int depth = 0;
        do {
          int type = lexemes.type(at++);
          depth += Brackets.opens(type) ? 1 : Brackets.closes(type) ? -1 : 0;
        } while (depth > 0 && at < end);
      }
      while (at < end && lexemes.type(at) == GopsParser.NEWLINE) {
        at++;
      }
    }
    return at > start && at >= end;
  }

  private void parseEntry(Lexemes lexemes, int from, int to) {
    boolean empty = true;
    for (int i = from; i < to && empty; i++) {
      empty = lexemes.type(i) == GopsParser.NEWLINE;
    }
    if (!empty) {
      builder.add(parseTree(new LexemeStream(lexemes, from, to, characters)));
    }
  }

  /// The fast way first; in a text with a mistake, once more with care.
  private GopsParser.FileContext parseTree(LexemeStream stream) {
    GopsParser parser = new GopsParser(stream);
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    try {
      return parser.file();
    } catch (ParseCancellationException e) {
      parser.reset();
      parser.setErrorHandler(new Mistakes(errors));
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      return parser.file();
    }
  }
}
