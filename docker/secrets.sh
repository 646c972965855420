#!/bin/sh
# Makes what docker-compose.yml needs to be secret, once: what is there stays. Each service sees its own folder only.
set -eu
umask 077
root=${1:-/secrets}

once() { [ -s "$1" ] || { cat > "$1.new" && mv "$1.new" "$1"; }; }
password() { head -c 24 /dev/urandom | base64 | tr -d '\n=' | tr '+/' '-_'; }
key() { [ -s "$1" ] || ssh-keygen -q -t ed25519 -N '' -C "$2" -f "$1"; }

password | once "$root/postgres/password"
password | once "$root/grafana/password"
password | once "$root/gateway/chargebridge.operator.password"
password | once "$root/prometheus/password"
cat "$root/prometheus/password" | once "$root/gateway/chargebridge.users.prometheus.password"
head -c 32 /dev/urandom | base64 | once "$root/gateway/encryption-key"
cat "$root/postgres/password" | once "$root/gateway/spring.datasource.password"

# The SFTP server's key, and the ERP's and the gateway's own to log in with.
key "$root/sftp/ssh_host_ed25519_key" sftp
key "$root/gateway/sftp-key" chargebridge
cat "$root/gateway/sftp-key.pub" | once "$root/sftp/authorized_keys"
cut -d ' ' -f 1,2 "$root/sftp/ssh_host_ed25519_key.pub" | once "$root/gateway/chargebridge.channels.erp.sftp.host-key"

# The users that the images run as. sshd reads the keys as the user who logs in.
chown -R 10001 "$root/gateway"
chown -R 999 "$root/postgres"
chown -R 472 "$root/grafana"
chown -R 65534 "$root/prometheus"
chmod 755 "$root/sftp"
chmod 644 "$root/sftp/authorized_keys"
