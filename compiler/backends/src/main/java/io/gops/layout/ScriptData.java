package io.gops.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// JSON that may stand in a `script` element of a page. No text in it can end the element or begin
/// another one: `<`, `>` and `&` are written as escapes, which JSON reads as the same letters.
public final class ScriptData {
  private ScriptData() {}

  /// Writes one value.
  public interface Writer {
    void write(JsonGenerator json) throws IOException;
  }

  public static String print(Writer writer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setCharacterEscapes(new ForPages());
      writer.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static final class ForPages extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
      for (char letter : new char[] {'<', '>', '&', '\''}) {
        codes[letter] = CharacterEscapes.ESCAPE_STANDARD;
      }
      return codes;
    }

    @Override
    @SuppressWarnings("NullAway") // null means that nothing of its own is written
    public SerializableString getEscapeSequence(int letter) {
      return null;
    }
  }
}
