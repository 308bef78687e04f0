import pytest

from aiqyn.subjects.language import declared, language_of, language_of_name, sentences, tell

KK = (
    "Аудан әкімі халықпен кездесу өткізіп, тұрғындардың сұрақтарына жауап берді және жолдарды "
    "жөндеу, мектептерді салу мен ауыз сумен қамту мәселелері бойынша тапсырмалар берді. Жиында "
    "бюджеттің атқарылуы туралы есеп тыңдалды, жауапты басқармаларға мерзім белгіленді. "
)
RU = (
    "Аким района провёл встречу с населением, ответил на вопросы жителей и дал поручения по "
    "ремонту дорог, строительству школ и обеспечению питьевой водой. На совещании заслушан отчёт "
    "об исполнении бюджета, управлениям установлены сроки. "
)
EN = (
    "The akim of the district met residents, answered their questions and gave instructions on "
    "the repair of roads, the building of schools and the supply of drinking water. A report on "
    "the execution of the budget was heard at the meeting. "
)
RU_WITH_NAMES = (
    "В работе форума «Ұлттық құрылтай» приняли участие представители фонда «Қазақстан халқына» и "
    "движения «Жастар рухы», а также сотрудники общества «Өңірлік даму орталығы». По итогам форума "
    "на сайте акимата и в районной газете «Ауыл өмірі» будет опубликована резолюция для жителей. "
)
NAMES = "Сәрсенбаева Гүлнар Қанатқызы, Өмірбеков Ерлан Нұрланұлы, Ахметов Қайрат Әлібекұлы. " * 4
RU_LETTERS = (  # Kazakh typed on a Russian keyboard
    "Бул жоба бойынша аудан халкына барлык малимет берилди және сол жоба туралы бул жолы да осы "
    "жерде хабар болды деп айтылды, ол барлык адамга бойынша болады және осы жоба туралы болды. "
    "Сол жумыс туралы барлык малимет осы жерде болады деп айтылды. "
)
UZ = (
    "Tuman hokimi aholi bilan uchrashuv oʻtkazib, yoʻllarni taʼmirlash boʻyicha topshiriq berdi. "
    * 3
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(KK, "kk", id="Kazakh"),
        pytest.param(KK.replace("і", "i"), "kk", id="Kazakh with a Latin i"),
        pytest.param(KK.upper(), "kk", id="Kazakh in capitals"),
        pytest.param(RU_LETTERS, "kk", id="Kazakh in Russian letters"),
        pytest.param(RU, "ru", id="Russian"),
        pytest.param(RU_WITH_NAMES, "ru", id="Russian with quoted Kazakh names"),
        pytest.param(EN, "en", id="English"),
        pytest.param(KK + RU, None, id="half and half"),
        pytest.param(
            "Аудан бюджетінің атқарылуы туралы есеп\nЖарияланған күні: 12 мамыр\nҚазақша\n" + RU,
            "ru",
            id="Russian under a Kazakh heading",
        ),
        pytest.param(RU + EN, None, id="Russian and English"),
        pytest.param(KK[:180], None, id="too short"),
        pytest.param(" " * 500 + KK[:150], None, id="white space is no text"),
        pytest.param(KK.replace(" ", " " * 90), "kk", id="white space hides no text"),
        pytest.param("", None, id="nothing"),
        pytest.param("12.05.2026 — 14 500 000; " * 20, None, id="numbers"),
        pytest.param(UZ, None, id="another language in Latin letters"),
        pytest.param("Ахметов, Петров, Сидоров. " * 12, None, id="a list of names"),
        pytest.param(
            "Өңірлік дәріхана, аптека районная, дәрігер. " * 6 + RU, None, id="mixed list"
        ),
    ],
)
def test_language_of(text, language):
    assert language_of(text) == language


def test_list_of_kazakh_names_counts_as_kazakh():
    assert language_of(NAMES) == "kk"


def test_long_text_is_sampled_at_its_beginning_and_middle():
    assert language_of(KK * 20 + RU * 20) is None


@pytest.mark.parametrize(
    ("tag", "primary"),
    [("kk", "kk"), ("kk-Cyrl-KZ", "kk"), (" RU_ru ", "ru"), ("", "")],
)
def test_declared_language_is_the_primary_subtag(tag, primary):
    assert declared(tag) == primary


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Бір. Екі! Үш? Төрт", ["Бір.", "Екі!", "Үш?", "Төрт"]),
        ("А. Б. Сейітов 2025 ж. келді. Ол — әкім", ["А. Б. Сейітов 2025 ж. келді.", "Ол — әкім"]),
        ("ул. Абая, 5. Тел. 8 700.", ["ул. Абая, 5.", "Тел. 8 700."]),
        ("Ол «Жақсы!» Деді.", ["Ол «Жақсы!»", "Деді."]),
        ("   ", []),
    ],
)  # fmt: skip
def test_sentences_end_at_their_marks_and_not_after_shortened_words(text, found):
    assert list(sentences(text)) == found


LIKE_KYRGYZ = (
    "Балабакшалардын ауласына жана ойын аландары орнатылып, агаш отыргызылды. Комир коры кыстын "
    "жартысына жетеди. Жолдардын, саябактардын, кошелердин, казандыктардын отын корын тексерди."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(LIKE_KYRGYZ, "kk", id="not one letter or long vowel of Kyrgyz"),
        pytest.param(f"{LIKE_KYRGYZ} Суу көчөгө жетти.", "ky", id="letters and a long vowel"),
        pytest.param(f"{LIKE_KYRGYZ} Жаңаөзен мен Өзенде де.", "kk", id="letters of names alone"),
        pytest.param(f"{LIKE_KYRGYZ} Суу көчөгө жетти.".upper(), "ky", id="capitals alone"),
        pytest.param("Балабакшалардын агаштары отыргызылды", "ky", id="too few words to say"),
    ],
)
def test_many_words_without_a_letter_of_kyrgyz_are_typed_kazakh(text, language):
    assert tell(text).language == language


def test_shares_are_told_of_a_mixed_text():
    told = tell("Бұл жоба туралы және который был для жителей.")

    assert (told.language, str(told)) == ("mixed", "kk 50 %, ru 50 %")


@pytest.mark.parametrize(
    ("text", "language", "letters"),
    [
        ("Казак тiлi мемлекеттiк тiл болып табылады.", "kk", "latin_i"),
        ("Барлык азаматтарга кызмет корсету тегин.", "kk", "russian"),
        ("Memlekettik organdary azamattarğa qyzmet körsetedi.", "kk", "latin"),
        ("Қазақ тілі мемлекеттік тіл болып табылады.", "kk", ""),
    ],
)
def test_letters_of_kazakh_are_told(text, language, letters):
    told = tell(text)

    assert (told.language, told.letters) == (language, letters)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Мөңкө көлү үйрүлүп", "ky", id="by the letters it lacks"),
        pytest.param("Һава бик әйбәт", "tt", id="by the letters it has"),
        pytest.param("Қор боз қоғоз", "uz", id="by two letters alone"),
        pytest.param("бар жер", "kk", id="words any Turkic language has, in a name"),
        pytest.param("бар ал жер кол", "kk", id="several of them in a row"),
        pytest.param("көл жобаларын тартуына", "kk", id="Kazakh endings beside common letters"),
        pytest.param("", "", id="nothing"),
        pytest.param(
            "Read more about the programme здесь и там и тут и", "mixed", id="two scripts"
        ),
    ],
)
def test_language_of_scarce_signs(text, language):
    assert tell(text).language == language


@pytest.mark.parametrize(
    ("name", "language"),
    [("Басты бет", "kk"), ("Главная", "ru"), ("Home", "en"), ("Архив", None), ("", None)],
)
def test_language_of_a_short_name(name, language):
    assert language_of_name(name) == language


@pytest.mark.parametrize("text", [RU, RU[:50], KK, "Правительство"])
def test_cyrillic_read_as_western_letters_is_of_no_language(text):
    garbled = text.encode("cp1251", "replace").decode("cp1252", "replace")

    assert (tell(garbled).language, language_of(garbled * 3)) == ("", None)


def test_letters_with_accents_are_of_latin_kazakh():
    text = "Qazaqstan Respublikasynyñ Ükimeti jañalyqtary men ädistemelik körsetkişteri"

    assert tell(text).language == "kk"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Қазақша Русский English Татарча", "kk", id="a switch of languages"),
        pytest.param("Карындаш, кызлар, китап. Бұл кітап", "kk", id="words Kazakh may have"),
        pytest.param("ЖШС «Алтын», ТОО «Алтын», ЖШС «Береке», ТОО «Дән»", "kk", id="firms"),
        pytest.param(
            "Сага о Форсайтах. Кооз, Тоо, Ди Каприо, Ун, Капка. Леонардо ди Каприо снялся в фильме",
            "ru",
            id="a film",
        ),
        pytest.param(
            "Леонардо ди Каприо, Анхель Ди Мария, Роберт Де Ниро, Ким Чен Ун", "", id="names"
        ),
        pytest.param("Фильм «Сага». Ди Каприо", "", id="a short title"),
        pytest.param("Роль досталась Эльвире Зур", "ru", id="a surname"),
        pytest.param("Махатма Ганди, Индира Ганди", "", id="a name like a verb"),
        pytest.param("Ия Ниязова, Кабул, Сум", "", id="a woman, a city, money"),
        pytest.param("Йоханнес Кеплер", "", id="a name that begins with «йо»"),
        pytest.param("Зур рәхмәт", "tt", id="a word of Tatar and letters that are not Russian"),
        pytest.param("Балалар бакчасына чират аша алып барыла", "tt", id="one word, all Turkic"),
    ],
)
def test_names_and_single_words_make_no_tatar(text, language):
    assert tell(text).language == language


def test_a_name_that_is_a_word_of_tatar_has_no_share_in_russian():
    assert tell("Певица Зур выступила в концертном зале города.").shares == (("ru", 100),)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Анықтаманы қайдан алуға болады? Әкімдіктен. Қабылдау қай күні өтеді? Сейсенбіде.", None),
        ("Анықтаманы қайдан алуға болады? Халық орталығынан алыңыз. Қабылдау қашан өтеді?", "kk"),
        ("Где взять справку? В центре обслуживания населения. Когда идёт приём граждан?", "ru"),
        ("Where is the office? It is in the town. When does it open?", "en"),
        (  # a heading may be in another language
            (
                "Вопросы и ответы Қабылдау қашан? Ол сейсенбі күні өтеді. Қайда барамыз екен?"
                " Әкімдікке келуіңіз керек."
            ),
            "kk",
        ),
        ("Когда идёт приём? Сейсенбі күні сағат онда. Где взять справку? Халық орталығынан.", None),
        ("Басшылық. Құрылымы. Байланыс. Жаңалықтар.", None),
        ("Отдел финансов Отдел права", None),
        ("", None),
    ],
)
def test_language_of_a_few_sentences_is_told_where_each_tells_it(text, language):
    assert language_of(text) == language


def test_white_space_makes_no_text_long():
    text = "Где взять справку?\n" + 300 * " " + "\nВ центре населения. Когда идёт приём граждан?"

    assert language_of(text) == "ru"
