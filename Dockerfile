# The image of Variorum. BASE may be any Debian with Python 3.11 or newer and its venv module.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
WORKDIR /src
RUN python3 -m venv /venv
# The dependencies first: this layer stays while only our own code changes. The lock gives the
# versions (-c), the project says which of them running needs; development tools stay out.
COPY requirements.lock pyproject.toml ./
COPY app/__init__.py app/
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check -c requirements.lock -e .
COPY LICENSE NOTICE ./
COPY app app
COPY templates templates
COPY static static
COPY migrations migrations
COPY locale locale
COPY demo demo
RUN /venv/bin/python -m compileall -q app

FROM ${BASE}
COPY --from=build /venv /venv
COPY --from=build /src /src
RUN useradd --uid 10001 --create-home variorum && install -d -o 10001 -g 10001 -m 0700 /data
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VARIORUM_DATA=/data \
    VARIORUM_HOST=0.0.0.0 \
    VARIORUM_LOG_JSON=1
WORKDIR /src
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 \
    CMD ["/venv/bin/variorum", "healthcheck"]
CMD ["/venv/bin/variorum", "serve"]
