"""Invented state bodies and every form of their names that the texts need."""

from random import Random

from tools.planting.model import Body
from tools.planting.words import texts

_KINDS = {
    "akimat_district": {
        "kk": ("{p} ауданы", "ауданының", "ауданында"),
        "ru": ("{s}ого района", "в {s}ом районе", "района"),
        "en": "{p} district",
    },
    "akimat_region": {
        "kk": ("{p} облысы", "облысының", "облысында"),
        "ru": ("{s}ой области", "в {s}ой области", "области"),
        "en": "{p} region",
    },
    "akimat_city": {
        "kk": ("{p} қаласы", "қаласының", "қаласында"),
        "ru": ("города {p}", "в городе {p}", "города"),
        "en": "{p} city",
    },
}


def body_by_seed(random: Random) -> Body:
    if random.random() < 0.35:
        return ministry(random.choice(texts("people")["ministries"]))
    kind = random.choice(list(_KINDS))
    return akimat(kind, random.choice(texts("people")["places"]))


def akimat(kind: str, place: dict[str, str]) -> Body:
    """Return an akimat of `place`: {kk, ru, stem, en}."""
    pattern = _KINDS[kind]
    whole, genitive, locative = pattern["kk"]
    kk_place = whole.format(p=place["kk"])
    kk = f"{place['kk']} {genitive} әкімдігі"
    of, where, _ = (text.format(s=place["stem"], p=place["ru"]) for text in pattern["ru"])
    en_place = str(pattern["en"]).format(p=place["en"])
    forms = {
        "kk": {
            **_forms(kk, f"{kk_place} әкімдігінің", kk),
            "place": kk_place,
            "place_loc": f"{place['kk']} {locative}",
            "Place_loc": f"{place['kk']} {locative}",
            "Kind": "Әкімдік", "Kind_gen": "Әкімдіктің", "kind": "әкімдік",
            "Head": "Әкім", "Head_gen": "Әкімнің", "head": "әкім",
        },
        "ru": {
            **_forms(f"акимат {of}", f"акимата {of}", f"Акимат {of}"),
            "place_in": where, "place": of,
            "kind": "акимат", "kind_gen": "акимата", "Kind_prep": "Об акимате",
            "kind_about": "об акимате",
            "Head": "Аким", "head_gen": "акима", "head_by": "акимом", "head": "аким",
        },
        "en": {
            **_forms(f"akimat of {en_place}", f"akimat of {en_place}", f"Akimat of {en_place}"),
            "place": en_place, "kind": "akimat", "Head": "Akim", "head": "akim",
        },
    }  # fmt: skip
    names = {"kk": kk, "ru": f"Акимат {of}", "en": f"Akimat of {en_place}"}
    return Body(kind, "region", f"{place['en'].lower()}.gov.example", forms, names)


def ministry(given: dict[str, str]) -> Body:
    """Return a ministry of {domain, kk, ru, en, host}."""
    kk, ru, en = (
        f"{given['kk']} министрлігі",
        f"инистерство {given['ru']}",
        f"inistry of {given['en']}",
    )
    forms = {
        "kk": {
            **_forms(kk, f"{kk}нің", kk),
            "place": "Қазақстан", "place_loc": "Қазақстанда", "Place_loc": "Қазақстанда",
            "Kind": "Министрлік", "Kind_gen": "Министрліктің", "kind": "министрлік",
            "Head": "Министр", "Head_gen": "Министрдің", "head": "министр",
        },
        "ru": {
            **_forms(f"м{ru}", f"м{ru.replace('ство', 'ства', 1)}", f"М{ru}"),
            "place_in": "в Казахстане", "place": "Казахстана",
            "kind": "министерство", "kind_gen": "министерства", "Kind_prep": "О министерстве",
            "kind_about": "о министерстве",
            "Head": "Министр", "head_gen": "министра", "head_by": "министром", "head": "министр",
        },
        "en": {
            **_forms(f"M{en}", f"M{en}", f"M{en}"),
            "place": "Kazakhstan", "kind": "ministry", "Head": "Minister", "head": "minister",
        },
    }  # fmt: skip
    names = {"kk": kk, "ru": f"М{ru}", "en": f"M{en}"}
    return Body("ministry", given["domain"], f"{given['host']}.gov.example", forms, names)


def _forms(name: str, genitive: str, at_beginning: str) -> dict[str, str]:
    return {
        "name": name,
        "Name": at_beginning,
        "name_gen": genitive,
        "Name_gen": genitive[0].upper() + genitive[1:],
    }
