"""One drawn portrait for (nearly) everybody: with none at all, every member of the sample would be 待完善 (F34)."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F, IntegerField
from django.db.models.functions import Mod
from PIL import Image, ImageDraw

from members.models import Member

SIZE = (413, 579)  # two inches at 300 dpi
RED, PALE = (200, 22, 29), (246, 224, 222)
NAME = "members/photos/sample.jpg"
WITHOUT = 12  # every twelfth member has none


def load() -> None:
    """Store the portrait once and let all but every twelfth member point to it."""
    if not default_storage.exists(NAME):
        default_storage.save(NAME, ContentFile(portrait()))
    turn = Mod(F("id"), WITHOUT, output_field=IntegerField())
    Member.objects.annotate(turn=turn).filter(turn__gt=0).update(photo=NAME)


def portrait() -> bytes:
    """A silhouette on red: nobody's face."""
    image = Image.new("RGB", SIZE, RED)
    draw = ImageDraw.Draw(image)
    draw.ellipse((56, 375, 357, 800), fill=PALE)
    draw.ellipse((126, 130, 287, 330), fill=PALE)
    file = BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()
