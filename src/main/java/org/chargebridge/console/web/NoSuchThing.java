package org.chargebridge.console.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** An address of something that is not there. */
@ResponseStatus(HttpStatus.NOT_FOUND)
class NoSuchThing extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
