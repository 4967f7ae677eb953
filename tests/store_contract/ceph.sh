#!/usr/bin/env bash
# ceph.sh FOLDER PORT: a Ceph cluster of one node with its RADOS Gateway (S3) on 127.0.0.1:PORT, until Ctrl-C.
#
# From Debian: apt-get install --no-install-recommends ceph-mon ceph-mgr ceph-osd radosgw ceph-common
# Everything lies in FOLDER, on disk (bluestore in a sparse file of 10 GB); ports PORT to PORT + 40. Key and secret: newsledger.
set -euo pipefail

folder=$(realpath -m "${1:?folder}") port=${2:?port}
mon=127.0.0.1:$((port + 1)) keyring=$folder/keyring conf=$folder/ceph.conf pids=()
mkdir -p "$folder"/{mon,mgr,osd,rgw,run,log}
id=$(cat "$folder/fsid" 2> /dev/null || cat /proc/sys/kernel/random/uuid)
export CEPH_CONF=$conf

cat > "$conf" <<END
[global]
fsid = $id
mon host = [v1:$mon]
public addr = 127.0.0.1
ms bind msgr2 = false
ms bind port min = $((port + 10))
ms bind port max = $((port + 40))
keyring = $keyring
log file = $folder/log/\$name.log
run dir = $folder/run
admin socket = $folder/run/\$name.asok
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
osd data = $folder/osd
mon data = $folder/mon
mgr data = $folder/mgr
bluestore block size = 10737418240
osd memory target = 939524096
rgw data = $folder/rgw
rgw frontends = beast endpoint=127.0.0.1:$port
rgw thread pool size = 64
END

stop() {
  trap - EXIT
  for ((at = ${#pids[@]} - 1; at >= 0; at--)); do kill "${pids[at]}" 2> /dev/null && wait "${pids[at]}" 2> /dev/null || true; done
}
trap stop EXIT
trap 'exit 0' INT TERM

start() { "$@" -f --setuser root --setgroup root & pids+=($!); }
ceph() { command ceph --connect-timeout 60 "$@"; }

if [ ! -f "$folder/fsid" ]; then
  ceph-authtool --create-keyring "$keyring" --gen-key -n mon. --cap mon 'allow *' > /dev/null
  ceph-authtool "$keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
  ceph-authtool "$keyring" --gen-key -n mgr.x --cap mon 'allow profile mgr' --cap osd 'allow *'
  ceph-authtool "$keyring" --gen-key -n client.rgw --cap mon 'allow rw' --cap osd 'allow rwx'
  monmaptool --create --addv a "[v1:$mon]" --fsid "$id" "$folder/monmap" > /dev/null
  ceph-mon -i a --mkfs --monmap "$folder/monmap" --keyring "$keyring"
fi
start ceph-mon -i a
ceph mon dump > /dev/null 2>&1
start ceph-mgr -i x
if [ ! -f "$folder/fsid" ]; then
  # All keys lie in one keyring: this is one machine, for a test.
  ceph osd new "$(cat /proc/sys/kernel/random/uuid)" > /dev/null
  ceph-authtool "$keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap mgr 'allow profile osd' --cap osd 'allow *'
  ceph auth add osd.0 -i "$keyring" 2> /dev/null
  ceph-osd -i 0 --mkfs --osd-uuid "$(ceph osd dump | awk '/^osd.0/ {print $NF}')" --keyring "$keyring" 2> "$folder/log/mkfs"
  echo "$id" > "$folder/fsid"
fi
start ceph-osd -i 0
start radosgw -n client.rgw
radosgw-admin user create --uid newsledger --display-name newsledger --access-key newsledger --secret-key newsledger \
  > /dev/null 2>&1 || true  # it is there from the last time
until curl --silent --output /dev/null "http://127.0.0.1:$port"; do
  kill -0 "${pids[-1]}" || { echo "The gateway did not start; see $folder/log" >&2; exit 1; }
  sleep 0.5
done
echo "Ready: http://127.0.0.1:$port"
wait
