# syntax=docker/dockerfile:1
# Two stages: what builds stays behind, and the image holds Python, the locked packages and Paperwire.

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
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /opt/paperwire/bin/pip install --no-deps --no-compile /wheels/*.whl \
    && /opt/paperwire/bin/python -m compileall -q /opt/paperwire/lib \
    && /opt/paperwire/bin/pip uninstall --yes pip

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Paperwire" \
      org.opencontainers.image.description="Daily research papers, posted where your team talks" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data paperwire \
    && install --directory --owner=paperwire --group=paperwire --mode=0750 /data
COPY --from=build /opt/paperwire /opt/paperwire
ENV PATH=/opt/paperwire/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PAPERWIRE_STORAGE__PATH=/data/paperwire.db
USER paperwire
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["paperwire", "health"]
ENTRYPOINT ["paperwire"]
CMD ["run"]
