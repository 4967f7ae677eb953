"""The stack of docker-compose.yml, end to end: `make test-compose`. It wants a Docker engine with compose.

Where no registry can be reached, the images that the stack is made of are stood in for by images of the same names
behind the registry prefix `stand-in.local/`, made from Debian's packages and Python wheels (`standins.py`):

| image | stand-in | differs |
|---|---|---|
| apache/airflow:3.3.2-python3.11 | Debian's Python 3.11, Airflow's wheels | fewer providers, a shorter entrypoint |
| postgres:17.10-bookworm | Debian's PostgreSQL 15 | version |
| redis:7.2.14-bookworm | Debian's Redis 7.0 | version |
| chrislusf/seaweedfs:4.47 | MiniStack behind a check of signatures | another program: no fsync, no disk-full errors |

So what these tests say about the store is about its place in the stack, not about SeaweedFS.
"""
