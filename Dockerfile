# syntax=docker/dockerfile:1
# What builds stays behind: the image holds Python, the locked packages and Paperwire.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/paperwire
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --require-hashes -r requirements-build.lock \
    && /opt/paperwire/bin/pip install --require-hashes --no-compile -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY adapters adapters
COPY storage storage
# The root of the container is read-only, so what is imported is compiled here; the rest of the packages never is.
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /opt/paperwire/bin/pip install --no-deps --no-compile /wheels/*.whl \
    && /opt/paperwire/bin/pip uninstall --yes pip \
    && find /opt/paperwire -name "*.dll" -delete -o -name "*.pyc" -delete
RUN /opt/paperwire/bin/python -c "from importlib import import_module as load; from pkgutil import walk_packages as walk; \
    [load(each.name) for name in ('bot', 'adapters', 'storage') for each in walk(load(name).__path__, name + '.')]" \
    && /opt/paperwire/bin/paperwire demo --no-input > /dev/null

# docker compose --profile browse up: Datasette, for reading the database in a browser.
FROM python:3.13-slim AS browse
COPY requirements-browse.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-browse.lock
USER 10001:10001
EXPOSE 8001
ENTRYPOINT ["datasette", "serve", "--host", "0.0.0.0", "--port", "8001"]
CMD ["/data/paperwire.db"]

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Paperwire" \
      org.opencontainers.image.description="Daily research papers, posted where your team talks" \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --gid 10001 paperwire \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data paperwire \
    && install --directory --owner=paperwire --group=paperwire --mode=0750 /data
COPY --from=build /opt/paperwire /opt/paperwire
ENV PATH=/opt/paperwire/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PAPERWIRE_STORAGE__PATH=/data/paperwire.db \
    PAPERWIRE_SECRETS=/run/secrets
# A number, so that Kubernetes can see that it is not root (runAsNonRoot).
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["paperwire", "health"]
ENTRYPOINT ["paperwire"]
CMD ["run"]
