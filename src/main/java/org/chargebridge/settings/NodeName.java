package org.chargebridge.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How this node is called where nobody named it. */
final class NodeName {

    private NodeName() {}

    static String ofThisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException hostWithoutName) {
            return "node";
        }
    }
}
