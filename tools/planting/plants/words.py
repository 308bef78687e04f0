"""Defects of plain words."""

from random import Random

from tools.planting.changes import replaced
from tools.planting.model import Page, Site
from tools.planting.planting import Sown, links_of, plant, some

PLACEHOLDERS = (
    "<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.</p>",
    "<p>Текст текст текст текст текст.</p>",
)
OFFICIALESE = {
    "kk": "Жоғарыда баяндалғанның негізінде, аталған мәселе бойынша тиісті жұмыстардың жүргізілуін "
    "қамтамасыз ету мақсатында, белгіленген тәртіппен іс-шаралар кешенін жүзеге асыру жөніндегі "
    "жұмыстар ұйымдастырылуда. Осыған байланысты тиісті шараларды қабылдау қажеттілігі туындап "
    "отыр.",
    "ru": "В целях обеспечения реализации вышеуказанных мероприятий и во исполнение поручения в "
    "установленном порядке осуществляется проведение работы по организации надлежащего контроля. "
    "В связи с вышеизложенным имеет место необходимость принятия соответствующих мер по вопросу "
    "осуществления вышеназванной деятельности в части касающейся.",
}
RUSSIAN = (
    "Жители района теперь могут подать заявление в любой день недели без предварительной записи.",
    "Приём ведут специалисты, которые отвечают на вопросы и помогают заполнить документы.",
    "О результате рассмотрения сообщают по телефону или письмом в течение десяти дней.",
)
TYPED = (  # on a Russian keyboard, as if Kazakh had no letters of its own
    "Жылыту маусымына жиырма казандык дайын, комир коры кыстын жартысына жетеди.",
    "Мамандар кубырларды сынап, отын корын тексерди, калганы кестеге сай акелинеди.",
    "Уйиниз суык болса, кезекши шебер сол куннин озинде келип, ыстык суды косып береди.",
    "Балабакшалардын ауласына жана ойын аландары орнатылып, агаш отыргызылды.",
    "Кус пен кийикти атуга тыйым салынган, ережени бузгандарга айыппул салынады.",
)
WRITTEN = ("<p>{text}</p>", "<div>{text}</div>", "<ul><li>{text}</li></ul>")
_LATIN = str.maketrans("аеосрх", "aeocpx")
_RUSSIAN_KEYS = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
FURTHER = {"kk": "Толығырақ", "ru": "Подробнее", "en": "Read more"}


def _prose(site: Site, languages: tuple[str, ...] = ("kk", "ru")) -> list[Page]:
    return [page for page in site.pages.values() if page.is_news and page.language in languages]


@plant("P020")
def placeholder_is_left(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        page.body.append(random.choice(PLACEHOLDERS))
    return links_of(pages)


@plant("P021", also=("S023",), group="prose")
def sentences_are_long(site: Site, random: Random) -> Sown:
    pages = some(random, _prose(site))
    others = {page.language: [one.body for one in _prose(site, (page.language,))] for page in pages}
    for page in pages:
        texts = [" ".join(body) for body in others[page.language][:5]]
        plain = [text.replace("<p>", "").replace("</p>", "").replace(". ", ", ") for text in texts]
        page.body = [f"<p>{text}</p>" for text in plain]
    return links_of(pages)


@plant("P021", also=("S023", "S089"), group="prose")
def paragraph_is_a_wall(site: Site, random: Random) -> Sown:
    """Short sentences, hundreds of words of them, in one paragraph."""
    pages = some(random, _prose(site))
    others = {page.language: [one.body for one in _prose(site, (page.language,))] for page in pages}
    for page in pages:
        texts = [piece for body in others[page.language] for piece in body] * 2
        words = " ".join(texts).replace("<p>", "").replace("</p>", "").split()
        page.body = [f"<p>{' '.join(words[: random.randint(260, 420)])}</p>"]
    return links_of(pages)


@plant("P022", group="prose")
def text_is_officialese(site: Site, random: Random) -> Sown:
    pages = some(random, _prose(site))
    for page in pages:
        page.body = [f"<p>{OFFICIALESE[page.language]}</p>" * 2]
    return links_of(pages)


@plant("P023", also=("S014", "S023"), group="prose")
def text_is_cut_off(site: Site, random: Random) -> Sown:
    pages = some(random, _prose(site))
    for page in pages:
        words = page.body[-1].removesuffix("</p>").split(" ")
        page.body[-1] = " ".join(words[: len(words) * 2 // 3]).rstrip(".,") + "...</p>"
    return links_of(pages)


@plant("P023", group="prose")
def read_more_leads_nowhere(site: Site, random: Random) -> Sown:
    pages = some(random, _prose(site))
    for page in pages:
        page.body.append(f'<p><a href="#">{FURTHER[page.language]}</a></p>')
        page.after.append(replaced(r"<script.*?</script>", ""))
    return links_of(pages)


@plant("P024", group="prose")
def words_have_foreign_letters(site: Site, random: Random) -> Sown:
    pages = some(random, _prose(site))
    for page in pages:
        page.body = [piece.translate(_LATIN) for piece in page.body]
    return links_of(pages)


@plant("P024", group="prose")
def kazakh_has_a_latin_i(site: Site, random: Random) -> Sown:
    pages = some(random, _prose(site, ("kk",)))
    for page in pages:
        page.body = [piece.replace("і", "i") for piece in page.body]
    return links_of(pages)


@plant("P024", also=("P002", "S002", "S027", "P025"), group="prose")
def kazakh_is_typed_on_a_russian_keyboard(site: Site, random: Random) -> Sown:
    pages = some(random, _prose(site, ("kk",)))
    for page in pages:
        page.body = [piece.translate(_RUSSIAN_KEYS) for piece in page.body]
    return links_of(pages)


@plant("P024", also=("P002", "S002", "S023", "S027", "P025"), group="prose")
def kazakh_has_no_letters_of_its_own(site: Site, random: Random) -> Sown:
    pages = some(random, _prose(site, ("kk",)))
    for page in pages:
        written = random.choice(WRITTEN)
        page.body = [written.format(text=text) for text in random.sample(TYPED, 4)]
    return links_of(pages)


@plant("P025", also=("S002", "S023", "S022", "P002"), group="prose")
def page_is_half_in_another_language(site: Site, random: Random) -> Sown:
    pages = some(random, _prose(site, ("kk",)))
    for page in pages:
        page.body.append(f"<p>{' '.join(RUSSIAN)}</p>")
    return links_of(pages)
