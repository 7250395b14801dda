"""Make the tables of legal forms, trade words and names in Arabic letters that matching uses (6 USC 964(b)).

    python tools/name_tables.py            # rewrites src/greenlane/vetting/matching/names/tables/{forms,words,arabic}.txt

The facts come from the data that the installed package rigour (MIT licence) carries in its compiled part: company types
(from ISO 20275 and others), words of organisations, and spellings of name parts (from Wikidata, CC0). They are read from
there, offline, with the program `zstd`; the same version of rigour gives the same tables.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata, util
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from greenlane.vetting.matching.names import alphabets, arabic, letters, sounds

TABLES = Path(__file__).parents[1] / "src/greenlane/vetting/matching/names/tables"
_FRAME = bytes.fromhex("28b52ffd")
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile("^[\u0620-\u064a\u066e-\u06d3]{2,16}$")
_CLASSES = {"LLC": "llc", "JSC": "jsc", "LP": "lp", "LLP": "llp", "GP": "gp", "SP": "sp", "COOP": "coop", "SOE": "soe"}
_OWN_FORMS = {
    "ltd": "ltd|limited|company limited|co ltd|co limited|coltd|private limited|pvt ltd|pvt limited|pte ltd|pte limited|"
    "pty ltd|pty limited|sdn bhd|bhd|ltda|limitada|lda|sociedad limitada|sl|kk|kabushiki kaisha|yugen kaisha|"
    "limited sirketi|ltd sti|limited sti|ldt|limted|limtied",
    "llc": "llc|limited liability company|limited liability co|ooo|sarl|srl|s de rl de cv|s de rl|fze|fzco|fz llc|fzc|"
    "fze llc|fz co|wll|doo|eood|ood|too|tov|kft|spzoo|sp z o o|sp zoo|sia|uab|mchj|mas uliyati cheklangan jamiyat|"
    "beschrankter haftung|ذات مسؤولية محدودة|ذ م م|شذمم|محدودة|محدود|با مسئولیت محدود|בעמ|유한회사|유한책임회사",
    "inc": "inc|incorporated|corp|corporation|corpn|co inc|company inc",
    "jsc": "jsc|joint stock company|joint stock co|joint stock|ojsc|open joint stock company|cjsc|closed joint stock company|"
    "pjsc|public joint stock company|pao|oao|zao|nao|ao|sa|sociedad anonima|sa de cv|sab de cv|sapi de cv|societe anonyme|"
    "ag|aktiengesellschaft|nv|spa|ab|aktiebolag|asa|oyj|oy|pt|tbk|as|ad|anonim sirketi|plc|public limited company|"
    "شركة مساهمة|ش م ع|سهامي عام|سهامي خاص|주식회사|주",
    "co": "co|company|cia|compania|cie|compagnie|companhia|kompania|firm|firma|sherkat|sharika|sharikat|شركة|شرکت|회사",
    "llp": "llp|limited liability partnership|lp|limited partnership|kg|ohg|gmbh co kg|gmbh and co kg|gmbh and co|ag and co kg|gmbh und co kg",
}
# The field's own words, beside rigour's; each group is one meaning in several languages.
_OWN_WORDS = {
    "TRADE": "trade trades trading trader traders tradings commerce comercio comercializadora commerciale comercializacao "
    "handel handels handelsgesellschaft handelsmaatschappij handlowa handlowy torgovy torgovyy torgovaya torgovlya ticaret "
    "tijarat tejarat tejari bazargani niaga dagang perdagangan kereskedelmi obchod obchodni trgovina shangmao maoyi торговый "
    "торговая торговля торг تجارة للتجارة تجارية بازرگانی 무역 상사 통상",
    "IMPEX": "impex importexport eksim imex",
    "IMPORT": "import imports importer importers importing importadora importaciones importacao importation ithalat impor импорт "
    "استيراد للاستيراد واردات 수입",
    "EXPORT": "export exports exporter exporters exporting exportadora exportaciones exportacao exportation ihracat ekspor "
    "экспорт تصدير للتصدير صادرات 수출",
    "LOGISTICS": "logistics logistic logistica logisticas logistique logistik logistyka lojistik logistika wuliu логистика "
    "логистик لوجستية 물류",
    "CARGO": "freight cargo cargoes carga cargas gruz huoyun груз شحن للشحن 화물", "CARRIER": "carrier carriers",
    "COURIER": "courier couriers express 택배", "FORWARDING": "forwarding forwarder forwarders spedition spediteur expeditie",
    "CUSTOMS": "customs aduana aduanas aduanal aduaneros aduanera douane douanes zoll gumruk alfandega таможенный جمارك 관세",
    "BROKER": "broker brokers brokerage despachos despachante",
    "WAREHOUSE": "warehouse warehouses warehousing storage almacen almacenes almacenadora bodega bodegas sklad lagerhaus "
    "entrepot depot склад مستودعات 창고",
    "TERMINAL": "terminal terminals", "PORT": "port ports puerto puertos porto harbor harbour haven hafen seaport liman порт 항만",
    "TRANSPORT": "transport transports transporte transportes transportation transportacion autotransportes nakliyat nakliye "
    "tashima angkutan yunshu транспорт перевозки نقل للنقل حمل 운송 운수",
    "TRUCKING": "trucking trucks haulage hauliers fletes", "SHIPPING": "shipping shipmanagement navigation naviera navegacion "
    "navegacao denizcilik sudokhodstvo sudokhodnaya haiyun hangyun pelayaran судоходство судоходная ملاحة للملاحة كشتیرانی 해운",
    "MARITIME": "maritime marine marines maritima morskoy морской بحرية", "LINES": "lines line", "TANKER": "tanker tankers",
    "MANUFACTURING": "manufacturing manufacturer manufacturers manufacture manufactura manufacturas manufacturera mfg mfr "
    "maquila maquiladora maquilas imalat uretim 제조",
    "FACTORY": "factory factories plant zavod fabrica fabrik fabrika завод фабрика مصنع 공장",
    "GRP": "group grp grupo gruppe groupe gruppo grup jituan gruppa группа مجموعة 그룹",
    "HOLDING": "holding holdings hldg hldgs konggu kholding холдинг القابضة قابضة 홀딩스 지주",
    "INTL": "international intl internacional internationale internazionale internasional mezhdunarodnyy mezhdunarodnaya "
    "mezhdunarodny uluslararasi guoji beynalmilal международный международная دولية عالمية 국제",
    "GENERAL": "general generale generales allgemeine umum генеральный عامة",
    "ENTERPRISE": "enterprise enterprises empresa empresas entreprise entreprises unternehmen predpriyatie qiye предприятие 기업",
    "ESTABLISHMENT": "establishment est مؤسسة",
    "INDUSTRY": "industry industries industrial industria industrias industrie industriel sanayi sanayii shiye gongye "
    "promyshlennost perindustrian промышленность صناعات صناعية للصناعات صنایع 산업 공업",
    "TECH": "technology technologies technological tech technical techno tecnologia tecnologias technologie technik teknoloji "
    "teknik tekhnologii keji технологии техника تكنولوجيا تقنية فناوری 기술 테크",
    "INVESTMENT": "investment investments investing inversion inversiones investimentos investissement yatirim touzi investitsii "
    "инвестиции استثمار للاستثمار سرمایه 투자",
    "CONSTRUCTION": "construction constructions constructora construcciones construcoes insaat bau jianshe jianzhu stroitelstvo "
    "stroy строительство строй انشاءات 건설 건축",
    "CONTRACTING": "constructor contractors contracting مقاولات للمقاولات",
    "TEXTILE": "textile textiles textil tekstil fangzhi текстиль نسيج 섬유", "GARMENT": "garment garments apparel clothing confecciones 의류",
    "FASHION": "fashion fashions", "KNIT": "knit knits knitting knitwear",
    "ELECTRONIC": "electronic electronics electronica elektronik elektronika dianzi электроника الكترونيات 전자",
    "MACHINE": "machine machines machinery maquinaria maschinen machinenbau jixie makine mashinostroenie 기계",
    "FOOD": "food foods alimentos alimentaria lebensmittel gida shipin пищевой أغذية 식품", "AGRICULTURE": "agro agricola agriculture",
    "METAL": "metal metals metales metalurgica metall металл 금속", "STEEL": "steel acero celik gangtie حديد 철강",
    "SERVICE": "service services servicio servicios servico servicos dienste hizmet hizmetleri jasa fuwu услуги خدمات للخدمات 서비스",
    "SUPPLY": "supply supplies supplier suppliers suministros suministro توريدات 공급",
    "NATL": "national nacional nationale nasional natsionalnyy milli guojia национальный وطنية 국립 국가",
    "WORLD": "world worldwide mundial monde welt 세계", "GLOBAL": "global globe 글로벌", "UNITED": "united",
    "BROS": "bros brothers hermanos freres", "SONS": "sons son hijos fils",
    "PRODUCT": "product products produits productos produkte produkt", "PRODUCTION": "production producer producers",
    "STORE": "store stores shop", "AUTO": "auto autos automotive automobile automotriz", "MOTOR": "motor motors", "PARTS": "parts",
    "MATERIAL": "material materials materiales", "EQUIPMENT": "equipment equipments equipos", "BANK": "은행", "TRUST": "신탁",
    "NEW": "new", "FIRST": "first", "MODERN": "modern", "ASSOCIATED": "associated", "GOODS": "goods ware wares merchandise",
}  # fmt: skip
_PARTICLES = "the of and for de del la las los le les el y e und et der die das des do da dos du di zu van von a an in"
_NOT_GENERIC = frozenset(
    {"ALQAEDA", "HEZBOLLAH", "IRGC", "CIA", "CCP", "PLA", "CARTEL", "SOCALLED", "NAMED", "REVOLUTIONARY", "ROYAL"}
)


def main() -> None:
    """Write the three tables."""
    corpus = dict(_blobs())
    version = metadata.version("rigour")
    note = f"# From the data of rigour {version} (MIT licence) and our own words; made by tools/name_tables.py."
    _write("forms.txt", [note, *_forms(corpus["types"])])
    _write("words.txt", [note, *_words(corpus["words"])])
    wikidata = "# Arabic, Persian and Urdu spellings of name parts with their Latin ones. Facts of Wikidata (CC0) as collected in "
    _write(
        "arabic.txt", [wikidata + f"rigour {version} (MIT); made by tools/name_tables.py.", *_arabic(corpus["names"])]
    )


def _blobs() -> Iterator[tuple[str, Any]]:
    """What the compiled part of rigour carries: company types and words (JSON), and lines of name parts."""
    spec = util.find_spec("rigour._core")
    if spec is None or spec.origin is None:
        sys.exit("rigour is not installed")
    program = Path(spec.origin).read_bytes()
    for found in re.finditer(re.escape(_FRAME) + b"\x00", program):
        tail = program[found.start() : found.start() + 8_000_000]
        blob = subprocess.run(["zstd", "-dcq"], input=tail, capture_output=True, check=False).stdout  # noqa: S603, S607
        if b" => Q" in blob[:4000]:
            yield "names", blob.decode().splitlines()
        elif blob.startswith(b'[\n  {\n    "aliases"'):
            yield "types", json.loads(blob)
        elif b'"org_domains"' in blob[:100]:
            yield "words", json.loads(blob)


def _write(name: str, lines: Iterable[str]) -> None:
    (TABLES / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _plain(text: str) -> list[str]:
    """The words of a text as names are split: dots between single letters close up, accents dropped."""
    text = re.sub(r"(?<=\b[^\W\d_])\.\s?(?=[^\W\d_]\b)", "", text)
    return [arabic.plain(letters.without_accents(word)) for word in _WORD.findall(letters.clean(text))]


def _forms(types: list[dict[str, Any]]) -> Iterator[str]:
    """Lines 'code words of the form', our own before rigour's, each form once."""
    found: dict[str, str] = {}
    for code, forms in _OWN_FORMS.items():
        for form in forms.split("|"):
            found.setdefault(" ".join(_plain(form)), code)
    for kind in types:
        aliases = [*kind["aliases"], *filter(None, (kind.get("display"), kind.get("compare")))]
        plain = [" ".join(_plain(alias)) for alias in aliases]
        code = next((found[form] for form in plain if form in found), _CLASSES.get(kind.get("generic", ""), ""))
        for form in plain if code else ():
            if len(form) > 1 and not form.isdigit():
                found.setdefault(form, code)
            if re.fullmatch("[а-я ]{12,}", form):
                latin = " ".join(alphabets.cyrillic(word)[0] for word in form.split())
                found.setdefault(latin, code)
    for form, code in sorted(found.items(), key=lambda pair: (pair[1], pair[0])):
        if form and not any(_is_han(letter) for letter in form):
            yield f"{code} {form}"


def _is_han(letter: str) -> bool:
    return "㐀" <= letter <= "鿿"


def _words(words: dict[str, dict[str, list[str]]]) -> Iterator[str]:
    """Lines 'GROUP word word …', single words only; 'particle' and 'name' lines for what is not generic."""
    groups: dict[str, dict[str, None]] = {}
    taken: dict[str, str] = {}
    own = {group: text.split() for group, text in _OWN_WORDS.items()}
    for source in (own, words["org_symbols"], words["org_domains"]):
        for group, forms in source.items():
            for form in forms:
                plain = _plain(form)
                if len(plain) == 1 and len(plain[0]) > 1 and not _is_han(plain[0][0]) and plain[0] not in taken:
                    taken[plain[0]] = group
                    groups.setdefault(group, {})[plain[0]] = None
    yield "particle " + _PARTICLES
    for group in sorted(groups):
        mark = "named" if group in _NOT_GENERIC else "generic"
        yield " ".join([mark, group, *sorted(groups[group])])


def _arabic(lines: list[str]) -> Iterator[str]:
    """Lines 'Arabic Latin Latin …', where the Latin spellings are more than the rules find."""
    forms: dict[str, dict[str, int]] = {}
    for line in lines:
        names = [name.strip() for name in line.partition(" => ")[0].split(",")]
        latin = sorted(filter(None, (_latin(name) for name in names)))
        for form in {arabic.plain(name) for name in names if _ARABIC.match(name)}:
            counts = forms.setdefault(form, {})
            for name in latin:
                counts[name] = counts.get(name, 0) + 1
    for form, counts in sorted(forms.items()):
        bones = set(arabic.skeletons(form))
        alike = [name for name in counts if sounds.skeleton(name) in bones]
        if alike and (len(counts) > 1 or alike[0] not in arabic.spellings(form)):
            near = [name for name in counts if any(OSA.normalized_similarity(name, one) >= 0.6 for one in alike)]
            order = sorted(near, key=lambda name: (name not in alike, -counts[name], name))
            yield " ".join([form, *order[:24]])


def _latin(name: str) -> str:
    plain = re.sub("[-ʿʾ`]", "", letters.without_accents(letters.clean(name)))
    return plain if plain.isascii() and plain.isalpha() and len(plain) > 1 else ""


if __name__ == "__main__":
    main()
