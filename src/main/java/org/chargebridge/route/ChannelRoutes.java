package org.chargebridge.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.settlement.SettlementSettings;
import org.springframework.stereotype.Component;

/**
 * Makes the routes of every channel from the templates in {@code routes/}, with ids {@code <template>.<channel>}. A
 * template that has a schedule as parameter becomes one route for each of the channel's schedules; one that
 * has the parameter {@code msn} becomes one route for each sales unit instead, {@code <template>@<msn>}. A
 * template takes those of the parameters it declares; see {@link ChannelParameters} for what there is.
 */
@Component
class ChannelRoutes {

    private static final String SALES_UNIT = "msn";

    private final Channels channels;
    private final ChannelParameters parameters;
    private final SettlementSettings settlement;

    ChannelRoutes(Channels channels, ChannelParameters parameters, SettlementSettings settlement) {
        this.settlement = settlement;
        this.channels = channels;
        this.parameters = parameters;
    }

    /** Makes all of them; called once the templates are loaded and before any route is started. */
    void make(CamelContext context) {
        List<RouteTemplateDefinition> templates = new ArrayList<>();
        for (RouteTemplateDefinition template : ((ModelCamelContext) context).getRouteTemplateDefinitions()) {
            if (declared(template).containsKey(SALES_UNIT)) {
                makeForSalesUnits(context, template);
            } else {
                templates.add(template);
            }
        }
        for (Channel channel : channels.all()) {
            Map<String, Object> known = parameters.of(channel, context.getRegistry());
            for (RouteTemplateDefinition template : templates) {
                make(context, template, channel, known);
            }
        }
    }

    private void makeForSalesUnits(CamelContext context, RouteTemplateDefinition template) {
        for (SalesUnit unit : channels.salesUnits()) {
            Map<String, Object> known =
                    Map.of(SALES_UNIT, unit.msn(), ChannelSchedules.OF_SETTLEMENTS, settlementCron(unit));
            make(context, template, RouteName.ofSalesUnit(template.getId(), unit.msn()), known);
        }
    }

    /** The Report API asks for a minute of one's own, and none of the first ten of an hour. */
    private String settlementCron(SalesUnit unit) {
        int own = (unit.msn() + unit.clientId()).hashCode();
        return settlement
                .schedule()
                .orElse(Math.floorMod(own / 49, 60) + " " + (11 + Math.floorMod(own, 49)) + " * * * ?");
    }

    private void make(
            CamelContext context, RouteTemplateDefinition template, Channel channel, Map<String, Object> known) {
        Optional<String> schedule = ChannelSchedules.PARAMETERS.stream()
                .filter(declared(template)::containsKey)
                .findFirst();
        if (schedule.isEmpty()) {
            make(context, template, template.getId() + "." + channel.name(), known);
            return;
        }
        int number = 0;
        for (String cron : ChannelSchedules.of(channel, schedule.get())) {
            number++;
            Map<String, Object> withSchedule = new HashMap<>(known);
            withSchedule.put(schedule.get(), cron);
            String id = template.getId() + "." + channel.name() + (number == 1 ? "" : "." + number);
            make(context, template, id, withSchedule);
        }
    }

    private void make(CamelContext context, RouteTemplateDefinition template, String id, Map<String, Object> known) {
        TemplatedRouteBuilder builder =
                TemplatedRouteBuilder.builder(context, template.getId()).routeId(id);
        Map<String, Object> all = new HashMap<>(known);
        all.put("trigger", id);
        declared(template).forEach((name, required) -> {
            if (all.containsKey(name)) {
                builder.parameter(name, all.get(name));
            } else if (required && !ChannelParameters.OPTIONAL.contains(name)) {
                throw new BrokenRoutesException(List.of("routes/" + template.getId()
                        + ".camel.yaml: the template's parameter " + name + " is not one that a channel has. Use "
                        + all.keySet().stream().sorted().collect(Collectors.joining(", ")) + " or a schedule."));
            }
        });
        builder.add();
    }

    private static Map<String, Boolean> declared(RouteTemplateDefinition template) {
        if (template.getTemplateParameters() == null) {
            return Map.of();
        }
        return template.getTemplateParameters().stream()
                .collect(Collectors.toMap(
                        RouteTemplateParameterDefinition::getName,
                        parameter -> parameter.getDefaultValue() == null
                                && (parameter.getRequired() == null || parameter.getRequired())));
    }
}
