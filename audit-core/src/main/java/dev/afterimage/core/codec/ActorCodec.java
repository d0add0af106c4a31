package dev.afterimage.core.codec;

import dev.afterimage.core.event.Actor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Actors as bytes. */
final class ActorCodec {

    private ActorCodec() {}

    static void put(ByteWriter to, Actor actor) {
        Texts.putNullable(to, actor.name());
        Texts.putNullable(to, actor.tenant());
        Texts.putNullable(to, actor.reason());
        Texts.putNullable(to, actor.requestId());
        to.putInt(actor.attributes().size());
        actor.attributes().forEach((name, value) -> {
            to.putText(name);
            to.putText(value);
        });
    }

    static Actor get(ByteReader from) {
        String name = Texts.getNullable(from);
        String tenant = Texts.getNullable(from);
        String reason = Texts.getNullable(from);
        String requestId = Texts.getNullable(from);
        int count = from.getCount();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            attributes.put(from.getText(), from.getText());
        }
        return new Actor(name, tenant, reason, requestId, attributes);
    }
}
