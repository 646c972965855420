package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.chargebridge.console.RouteControl;
import org.chargebridge.route.RouteStanding;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /operator/routes}. */
@RestController
@RequestMapping("/operator/routes")
@Tag(name = "routes", description = "What runs, and stopping and starting it on all nodes")
class RoutesController {

    /** All routes. */
    record Routes(List<RouteStanding> routes) {}

    private final RouteControl routes;

    RoutesController(RouteControl routes) {
        this.routes = routes;
    }

    @GetMapping
    @Operation(summary = "Lists the routes as they stand on the node that answers")
    Routes list() {
        return new Routes(routes.all());
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows one route")
    ResponseEntity<Object> one(@PathVariable String id) {
        return routes.of(id)
                .<ResponseEntity<Object>>map(ResponseEntity::ok)
                .orElseGet(() -> Answers.problem(HttpStatus.NOT_FOUND, "There is no route " + id + "."));
    }

    @PostMapping("/{id}/stop")
    @Allowed.ToOperators
    @Operation(summary = "Stops a route on all nodes, until it is started again; what is under way is finished")
    ResponseEntity<Object> stop(
            @PathVariable String id, @RequestBody(required = false) Reason reason, Authentication login) {
        return order(id, RouteControl.Order.STOP, reason, login);
    }

    @PostMapping("/{id}/start")
    @Allowed.ToOperators
    @Operation(summary = "Starts a route on all nodes")
    ResponseEntity<Object> start(
            @PathVariable String id, @RequestBody(required = false) Reason reason, Authentication login) {
        return order(id, RouteControl.Order.START, reason, login);
    }

    @PostMapping("/{id}/run")
    @Allowed.ToOperators
    @Operation(summary = "Wakes a route before its schedule does, on one node")
    ResponseEntity<Object> run(
            @PathVariable String id, @RequestBody(required = false) Reason reason, Authentication login) {
        return order(id, RouteControl.Order.RUN, reason, login);
    }

    private ResponseEntity<Object> order(String id, RouteControl.Order order, Reason reason, Authentication login) {
        return Answers.of(routes.order(id, order, Actor.of(login), Reason.of(reason)));
    }
}
