package org.chargebridge.ledger;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which routes shall run and which not, on all nodes and beyond restarts (ER23). A route nobody ordered anything for runs. */
@Repository
public class WantedRoutes {

    private final JdbcClient jdbc;
    private final Clock clock;

    public WantedRoutes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The last order of each route that ever had one, also of routes that no longer exist. */
    public List<WantedRoute> all() {
        return jdbc.sql("select * from route_wanted order by route_id")
                .query((row, n) -> new WantedRoute(
                        row.getString("route_id"),
                        WantedRoute.State.valueOf(row.getString("state")),
                        row.getString("ordered_by"),
                        SqlTime.optional(row, "ordered_at").orElseThrow(),
                        row.getString("reason"),
                        row.getLong("version")))
                .list();
    }

    /** The last order for a route, locked until the caller's transaction ends. */
    public Optional<WantedRoute> lock(String routeId) {
        // A row that is not there yet cannot be locked, so that its place is.
        AdvisoryLock.take(jdbc, "route_wanted " + routeId);
        return all().stream().filter(wanted -> wanted.routeId().equals(routeId)).findFirst();
    }

    /** Orders something for a route, in the caller's transaction and after {@link #lock}; every node then acts once. */
    public void order(String routeId, WantedRoute.State state, String actor, String reason) {
        jdbc.sql(
                        """
                        insert into route_wanted as wanted (route_id, state, ordered_by, ordered_at, reason, version)
                        values (:routeId, :state, :actor, :at, :reason, 1)
                        on conflict (route_id) do update
                        set state = excluded.state, ordered_by = excluded.ordered_by, ordered_at = excluded.ordered_at,
                            reason = excluded.reason, version = wanted.version + 1
                        """)
                .param("routeId", routeId)
                .param("state", state.name())
                .param("actor", actor)
                .param("at", SqlTime.of(clock.instant()))
                .param("reason", reason)
                .update();
    }
}
