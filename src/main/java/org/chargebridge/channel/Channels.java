package org.chargebridge.channel;

import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The channels, sales units and HTTP users of this gateway, as configured and checked at start. */
public final class Channels {

    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, SalesUnit> salesUnits = new LinkedHashMap<>();

    private final List<HttpUser> httpUsers;

    public Channels(List<Channel> channels, List<SalesUnit> salesUnits) {
        this(channels, salesUnits, List.of());
    }

    public Channels(List<Channel> channels, List<SalesUnit> salesUnits, List<HttpUser> httpUsers) {
        this.httpUsers = List.copyOf(httpUsers);
        channels.forEach(channel -> this.channels.put(channel.name(), channel));
        salesUnits.forEach(unit -> this.salesUnits.put(unit.msn(), unit));
    }

    public Collection<Channel> all() {
        return List.copyOf(channels.values());
    }

    /** Of all channels, in the order of the alphabet. */
    public List<String> names() {
        return channels.keySet().stream().sorted().toList();
    }

    /** The time zone of the first channel by name, for what belongs to none; UTC where there is no channel. */
    public ZoneId zone() {
        return names().stream().findFirst().map(this::named).map(Channel::zone).orElse(ZoneId.of("UTC"));
    }

    /** @throws IllegalArgumentException for a name that is not configured */
    public Channel named(String name) {
        Channel channel = channels.get(name);
        if (channel == null) {
            throw new IllegalArgumentException("no channel named " + name + " in chargebridge.channels");
        }
        return channel;
    }

    public boolean has(String name) {
        return channels.containsKey(name);
    }

    public Collection<SalesUnit> salesUnits() {
        return List.copyOf(salesUnits.values());
    }

    public boolean hasSalesUnit(String msn) {
        return salesUnits.containsKey(msn);
    }

    /** Who may call over HTTP; nobody by default. */
    public List<HttpUser> httpUsers() {
        return httpUsers;
    }

    /** @throws IllegalArgumentException for a sales unit that is not configured */
    public SalesUnit salesUnit(String msn) {
        SalesUnit unit = salesUnits.get(msn);
        if (unit == null) {
            throw new IllegalArgumentException("no sales unit " + msn + " in chargebridge.sales-units");
        }
        return unit;
    }
}
