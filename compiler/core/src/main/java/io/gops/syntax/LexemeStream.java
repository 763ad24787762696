package io.gops.syntax;

import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.Interval;

/// The lexemes of one top-level entry as the generated parser reads them.
///
/// Entry by entry, so that neither the token objects nor the parse tree of a whole large file
/// exist at one time.
final class LexemeStream implements TokenStream {
  private final Characters characters;
  private final CommonToken[] tokens;
  private int position;

  /// @param from first lexeme
  /// @param to one behind the last
  LexemeStream(Lexemes lexemes, int from, int to, Characters characters) {
    this.characters = characters;
    this.tokens = new CommonToken[to - from + 1];
    for (int i = from; i < to; i++) {
      tokens[i - from] = token(lexemes.type(i), lexemes.start(i), lexemes.end(i), i - from);
    }
    int end = to > from ? lexemes.end(to - 1) : 0;
    tokens[to - from] = token(Token.EOF, end, end, to - from);
  }

  private static CommonToken token(int type, int start, int end, int index) {
    CommonToken token = new CommonToken(type);
    token.setStartIndex(start);
    token.setStopIndex(end - 1);
    token.setTokenIndex(index);
    return token;
  }

  @Override
  public Token LT(int ahead) {
    int at = ahead < 0 ? position + ahead : position + ahead - 1;
    return tokens[Math.clamp(at, 0, tokens.length - 1)];
  }

  @Override
  public int LA(int ahead) {
    return LT(ahead).getType();
  }

  @Override
  public Token get(int index) {
    return tokens[index];
  }

  @Override
  public void consume() {
    if (position < tokens.length - 1) {
      position++;
    }
  }

  @Override
  public int mark() {
    return 0;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return position;
  }

  @Override
  public void seek(int index) {
    position = index;
  }

  @Override
  public int size() {
    return tokens.length;
  }

  @Override
  public String getSourceName() {
    return characters.getSourceName();
  }

  @Override
  public TokenSource getTokenSource() {
    throw new UnsupportedOperationException("the tokens are made before the parser runs");
  }

  @Override
  public String getText(Interval interval) {
    return getText(tokens[interval.a], tokens[interval.b]);
  }

  @Override
  public String getText() {
    return getText(tokens[0], tokens[tokens.length - 1]);
  }

  @Override
  public String getText(RuleContext context) {
    return getText(context.getSourceInterval());
  }

  @Override
  public String getText(Token start, Token stop) {
    return characters.getText(Interval.of(start.getStartIndex(), stop.getStopIndex()));
  }
}
