#!/usr/bin/env bash
# Succeeds while the gateway is ready; needs no tool that the image may lack.
set -eu
exec 3<>/dev/tcp/127.0.0.1/9876
printf 'GET /observe/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r status <&3
[[ $status == *" 200"* ]]
