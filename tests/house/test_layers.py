"""Habit 3: another app is known by its enums, permissions, models, queries and actions, never by its faces."""

import grimp

APPS = {"organizations", "accounts", "members", "points", "meetings", "workbench"}
FACES = {"views", "forms", "api", "admin", "tables", "filters", "urls"}


def test_no_app_imports_the_faces_of_another():
    graph = grimp.build_graph(*sorted(APPS), cache_dir=None)
    crossing = [
        f"{importer} imports {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if importer.split(".")[0] != imported.split(".")[0]
        and len(imported.split(".")) > 1
        and imported.split(".")[1] in FACES
    ]
    assert crossing == []
