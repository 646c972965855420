package org.chargebridge.console.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.Locale;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonTexts;
import org.springframework.boot.jackson.JsonComponent;

/** Reasons in JSON: the code for programs, and what happened and what to do for people. */
@JsonComponent
class ReasonJson extends JsonSerializer<Reason> {

    @Override
    public void serialize(Reason reason, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", reason.code().name());
        json.writeStringField("text", ReasonTexts.text(reason, Locale.ENGLISH));
        json.writeStringField("remedy", ReasonTexts.remedy(reason, Locale.ENGLISH));
        json.writeEndObject();
    }
}
