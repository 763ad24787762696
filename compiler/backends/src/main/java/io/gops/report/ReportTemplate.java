package io.gops.report;

import freemarker.core.OutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/// Fills in a template of this package. The output format escapes every text that comes from a
/// fleet; templates can name no class.
final class ReportTemplate {
  private ReportTemplate() {}

  static String render(String name, OutputFormat format, Map<String, Object> model) {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassForTemplateLoading(ReportTemplate.class, "/templates/report");
    configuration.setOutputFormat(format);
    configuration.setAutoEscapingPolicy(Configuration.FORCE_AUTO_ESCAPING_POLICY);
    configuration.setLocale(Locale.ROOT);
    configuration.setAPIBuiltinEnabled(false);
    configuration.setLogTemplateExceptions(false);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setNumberFormat("computer");
    try {
      Template template = configuration.getTemplate(name, "UTF-8");
      StringWriter text = new StringWriter();
      template.process(model, text);
      return text.toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (TemplateException bug) {
      throw new IllegalStateException(bug);
    }
  }
}
