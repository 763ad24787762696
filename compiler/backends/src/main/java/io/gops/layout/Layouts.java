package io.gops.layout;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.OutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.core.XMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/// Fills the layouts of the `templates` module.
///
/// A layout sees strings, numbers, booleans, lists and maps only: no class, no method, no API of
/// Java; a report may also read the components of records. Every value is escaped for the kind of
/// file.
public final class Layouts {
  private Layouts() {}

  /// A shell script. The layout writes `[=name]`, because `${name}` belongs to the shell.
  public static String shell(String name, Map<String, ?> values) {
    Configuration configuration = configuration(EscapedFormat.SHELL);
    configuration.setInterpolationSyntax(Configuration.SQUARE_BRACKET_INTERPOLATION_SYNTAX);
    return fill(configuration, name, values);
  }

  /// A Markdown document.
  public static String markdown(String name, Map<String, ?> values) {
    return fill(configuration(EscapedFormat.MARKDOWN), name, values);
  }

  /// A page for a browser.
  public static String html(String name, Map<String, ?> values) {
    return fill(withRecords(configuration(HTMLOutputFormat.INSTANCE)), name, values);
  }

  /// Data that a page's `script` element holds: its writer has escaped what could end the element.
  public static Object scriptData(String json) {
    try {
      return HTMLOutputFormat.INSTANCE.fromMarkup(json);
    } catch (TemplateModelException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// A picture.
  public static String svg(String name, Map<String, ?> values) {
    return fill(withRecords(configuration(XMLOutputFormat.INSTANCE)), name, values);
  }

  private static Configuration withRecords(Configuration configuration) {
    configuration.setObjectWrapper(
        new DefaultObjectWrapperBuilder(Configuration.VERSION_2_3_34).build());
    return configuration;
  }

  private static Configuration configuration(OutputFormat format) {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setTemplateLoader(
        new ClassTemplateLoader(Layouts.class.getClassLoader(), "io/gops/templates"));
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setOutputFormat(format);
    configuration.setAutoEscapingPolicy(Configuration.FORCE_AUTO_ESCAPING_POLICY);
    configuration.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setAPIBuiltinEnabled(false);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    return configuration;
  }

  private static String fill(Configuration configuration, String name, Map<String, ?> values) {
    try {
      Template template = configuration.getTemplate(name);
      StringWriter text = new StringWriter();
      template.process(values, text);
      return text.toString();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    } catch (TemplateException broken) {
      throw new IllegalStateException(name, broken);
    }
  }
}
