"""How static files are stored for production: hashed names that a browser keeps for ever, compressed beforehand."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """The members' app is ES modules without a build: their `import` paths get hashed names as well."""

    support_js_module_import_aggregation = True
    # Only ours: a library's file may import what only its own bundler would find.
    _js_module_import_aggregation_patterns = (
        "h5/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
