package io.gops.layout;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.Writer;
import java.util.function.UnaryOperator;

/// An output format in which every interpolated value goes through one escaping function.
final class EscapedFormat extends CommonMarkupOutputFormat<EscapedFormat.Markup> {
  static final EscapedFormat SHELL = new EscapedFormat("Shell", ShellWord::of);
  static final EscapedFormat MARKDOWN = new EscapedFormat("Markdown", Markdown::text);

  private final String name;
  private final UnaryOperator<String> escape;

  private EscapedFormat(String name, UnaryOperator<String> escape) {
    this.name = name;
    this.escape = escape;
  }

  /// Text of one of these formats.
  static final class Markup extends CommonTemplateMarkupOutputModel<Markup> {
    private final EscapedFormat format;

    Markup(EscapedFormat format, String plain, String markup) {
      super(plain, markup);
      this.format = format;
    }

    @Override
    public EscapedFormat getOutputFormat() {
      return format;
    }
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getMimeType() {
    return "text/plain";
  }

  @Override
  public void output(String plain, Writer out) throws IOException {
    out.write(escape.apply(plain));
  }

  @Override
  public String escapePlainText(String plain) {
    return escape.apply(plain);
  }

  @Override
  public boolean isLegacyBuiltInBypassed(String builtIn) {
    return false;
  }

  @Override
  protected Markup newTemplateMarkupOutputModel(String plain, String markup) {
    return new Markup(this, plain, markup);
  }
}
