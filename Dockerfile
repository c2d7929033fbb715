# One image for web, worker, beat and migrate. Each step was run by hand, in this order, on a bare machine.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PATH=/srv/venv/bin:$PATH DJANGO_SETTINGS_MODULE=sanjin.settings

RUN python -m venv /srv/venv
WORKDIR /srv/sanjin

# The pins alone first: they change less often than the code.
COPY requirements.txt ./
RUN pip install --requirement requirements.txt

COPY . .

# Hashed, compressed files; the settings want secrets and addresses, but nothing here uses them.
RUN SECRET_KEY=build SEAL_KEYS=build=00 BLIND_INDEX_KEY=00 STATIC_ROOT=/srv/static \
    DATABASE_URL=postgres://build@127.0.0.1/build REDIS_URL=redis://127.0.0.1 \
    python manage.py collectstatic --noinput

RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin sanjin \
    && mkdir -p /srv/media /srv/metrics \
    && chown sanjin /srv/media /srv/metrics
USER sanjin
ENV STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/media

EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.py", "--bind", "0.0.0.0:8000", "sanjin.wsgi"]
