package org.chargebridge.console.rest;

import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Tells what was wrong with a request to the REST interface as RFC 9457 has it; browsers get a page instead. */
@RestControllerAdvice(basePackageClasses = RestProblems.class)
class RestProblems extends ResponseEntityExceptionHandler {}
