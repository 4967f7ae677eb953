# newsledger on Airflow's own image. Built by `make up`; `docker build .` does as well.
# REGISTRY: a mirror of Docker Hub, ending in a slash. PIP_OPTIONS: such as --index-url of a package index of your own.
ARG REGISTRY=""
ARG DIGEST=""
FROM ${REGISTRY}apache/airflow:3.3.2-python3.11${DIGEST}
ARG PIP_OPTIONS=""

# What changes seldom comes first. Wheels only: no compiler is there, none is called, none is left.
COPY requirements-deploy.lock /opt/newsledger/
# hadolint ignore=SC2086
RUN pip install --no-cache-dir --require-hashes --only-binary :all: $PIP_OPTIONS \
    -r /opt/newsledger/requirements-deploy.lock

# Editable: what is imported lies in /opt/airflow/plugins, baked in below or mounted over it, never beside it. The build
# backend is locked too, and goes when it has done its work.
COPY --chown=airflow:0 pyproject.toml README.md requirements-build.lock /opt/airflow/
# hadolint ignore=SC2086,DL3013
RUN pip install --no-cache-dir --require-hashes --only-binary :all: $PIP_OPTIONS --target /tmp/backend \
    -r /opt/airflow/requirements-build.lock \
    && PYTHONPATH=/tmp/backend pip install --no-cache-dir --no-build-isolation --no-deps --editable /opt/airflow \
    && rm -r /tmp/backend

ENV NEWSLEDGER_HOME=/opt/airflow/var \
    NEWSLEDGER_CONFIG=/opt/airflow/config \
    NEWSLEDGER_INBOX=/opt/airflow/inbox \
    PYTHONPATH=/opt/airflow/plugins:/opt/airflow/config \
    OPENBLAS_NUM_THREADS=1
COPY --chown=airflow:0 . /opt/airflow/
# The index of places, ready; bytecode, since the running container cannot write it; an empty airflow.cfg, for the same
# reason: everything is in the environment.
RUN mkdir -p /opt/airflow/var /opt/airflow/inbox /opt/airflow/logs /home/airflow/.cache \
    && touch /opt/airflow/airflow.cfg \
    && python -m compileall -q /opt/airflow/plugins /opt/airflow/dags /opt/airflow/config \
    && python -m newsledger.extract.gazetteer \
    && chmod -R g=u /opt/airflow/inbox /opt/airflow/logs /home/airflow/.cache
