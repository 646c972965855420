package org.chargebridge.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How this node is called where nobody named it. */
public final class NodeName {

    private NodeName() {}

    /** The host's name. */
    public static String ofThisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException hostWithoutName) {
            return "node";
        }
    }
}
