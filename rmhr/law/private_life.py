"""Whether a sentence asks for something private that no employer may know: in English or German, also in a disguise.

Age, family, children, pregnancy, religion, health, origin, party and union, sexual identity (sections 1 and 7 AGG;
section 26(3) BDSG and Art. 9 GDPR for what is special; section 3 GenDG does not come up). What the job needs may be
asked, and `Topic.instead` says how. Clients' lives are their bankers' work, and may be spoken of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from rmhr.core.errors import NotPossible
from rmhr.core.i18n import _, gettext
from rmhr.law import past_pay
from rmhr.law.rules import Authority, legal_rule

AGG, SPECIAL = _("sections 1 and 7 AGG"), _("sections 1 and 7 AGG, section 26(3) BDSG, Art. 9 GDPR")


class Topic(Enum):
    """What is private: how it is called, the law, and what may be asked instead."""

    AGE = (
        _("age or birth"),
        AGG,
        _("Ask how long somebody has advised clients, or which licence they hold."),
    )
    FAMILY = (
        _("marriage or partnership"),
        _("sections 1 and 7 AGG, Art. 6 GDPR"),
        _("Ask whether the working hours and journeys of the job suit them."),
    )
    CHILDREN = (
        _("children, family plans or pregnancy"),
        _("sections 1, 3(1) and 7 AGG"),
        _("Ask whether the working hours and journeys of the job suit them."),
    )
    RELIGION = (
        _("religion or belief"),
        SPECIAL,
        _("Ask whether they can work on the days on which the job is done."),
    )
    HEALTH = (
        _("health or disability"),
        _("sections 1 and 7 AGG, section 164(2) SGB IX, section 26(3) BDSG"),
        _("Ask what they need for a fair interview, or whether they can do a task that you name."),
    )
    ORIGIN = (
        _("origin or nationality"),
        AGG,
        _("Ask whether they may work here, or how well they speak a language that the job needs."),
    )
    UNION = (
        _("party, union or politics"),
        _("Art. 9(3) GG, section 26(3) BDSG, Art. 9 GDPR"),
        _("Ask about outside activities only as far as they conflict with the job."),
    )
    SEXUALITY = (_("sex or sexual identity"), SPECIAL, _("Ask how they would like to be addressed."))

    @property
    def words(self) -> Any:
        """What it is called."""
        return self.value[0]

    @property
    def law(self) -> Any:
        """Who forbids it."""
        return self.value[1]

    @property
    def instead(self) -> Any:
        """What may be asked instead."""
        return self.value[2]


for topic in Topic:
    legal_rule(
        f"interviews.private_{topic.name.lower()}",
        what=_("Nobody is asked about %(topic)s", topic=topic.words),
        why=_(
            "Whoever is turned down after such a question may claim damages (sections 15 and 22 AGG). %(instead)s",
            instead=topic.instead,
        ),
        authority=Authority.LAW,
        source=topic.law,
        since=date(2006, 8, 18),  # the AGG came into force
        review_by=date(2027, 9, 30),
        kept_in=__name__,
    )


@dataclass(frozen=True)
class Asked:
    """The words that ask, and for what."""

    words: str
    topic: Topic


_PARTNER = r"(?:husband|wife|spouse|partner|boyfriend|girlfriend|fianc[ée]e?)"
_MATE = (
    r"(?:mann|frau|ehemann|ehefrau|partner(?:in)?|ehepartner(?:in)?|lebensgefährt\w{1,3}"
    r"|freundin|verlobte\w?)"
)
_FAITH = (
    r"(?:catholic|protestant|muslim|jewish|christian|hindu|buddhist|atheist|orthodox|religious|a believer)"
)
_GLAUBE = (
    r"(?:katholisch|evangelisch|muslimisch|jüdisch|christlich|hinduistisch|buddhistisch"
    r"|atheist\w{0,3}|religiös|gläubig|getauft|konfirmiert|muslim\w{0,2}|christ(?:in)?|moslem)"
)
_SICK = (
    r"(?:healthy|ill|sick|disabled|physically fit|in good health|chronically ill|allergic"
    r"|vaccinated|handicapped)"
)
_KRANK = (
    r"(?:gesund|krank|chronisch krank|behindert|schwerbehindert|gleichgestellt|allergisch"
    r"|geimpft|belastbar gesundheitlich|arbeitsunfähig|krankgeschrieben|kerngesund)"
)
_ILLS = (
    r"(?:illness\w*|disease\w*|disabilit\w+|allerg\w+|health (?:problem|issue|condition"
    r"|restriction)\w*|medical (?:condition|problem)\w*|chronic\w*"
    r"|mental (?:health )?(?:problem|issue|illness)\w*|depress\w+|burnout|back (?:pain"
    r"|trouble)\w*)"
)
_LEIDEN = (
    r"(?:(?:vor)?erkrankung\w*|krankheit\w*|behinderung\w*|allerg\w+"
    r"|gesundheitlich\w+ (?:einschränkung|problem|beschwerde)\w*|beschwerden|depression\w*"
    r"|burnout|rückenleiden|leiden|gebrechen)"
)
_KIDS = r"(?:children|kids?|a child|a baby|babies|offspring|a family(?! of )|sons?|daughters?)"
_ANY = r"(?:\w+ ){0,3}"

#: With "you" in them, or such that nobody else can be meant.
ASKS: dict[Topic, tuple[str, ...]] = {
    Topic.AGE: (
        r"(?:when|where|what year|which year|what decade) were you born",
        r"you (?:were|are) born",
        r"how old (?:are|will) you",
        (
            r"(?:your|state|indicate|give|enter|tell us) (?:your )?(?:current |exact |present "
            r"|real )?age(?! (?:group|structure|band))"
        ),
        r"what age are you|you turn(?:ed)? \d\d|your (?:\w+ )?birthday|your (?:star|zodiac) sign",
        (
            r"are you (?:already |still )?(?:over|under|above|below|older than|younger than"
            r"|between) (?:the age of )?(?:\d\d|thirty|forty|fifty|sixty)"
        ),
        (
            r"(?:what|which) year (?:did you|in which you) (?:finish|leave|complete"
            r"|graduate(?: from)?)(?: your)? (?:high |secondary |primary )?school"
        ),
        r"(?:when|how soon|how (?:many years|long)) "
        + _ANY
        + r"(?:you|your) "
        + _ANY
        + r"(?:retire|retirement)",
        r"(?:which|what) generation (?:are|do) you",
        (
            r"(?:wann|wo|in welchem jahr|an welchem tag|welches jahr) (?:sind|wurden|bist"
            r"|wurdest) (?:sie|du) geboren"
        ),
        r"(?:sind|wurden) sie (?:vor|nach|im jahr\w?) \w+ geboren",
        r"wie alt (?:sind|werden|bist|wirst) (?:sie|du)",
        (
            r"(?:ihr|dein) (?:\w+ )?(?:alter|geburtstag|jahrgang|sternzeichen)|welcher jahrgang sind"
            r"|welches sternzeichen"
        ),
        (
            r"sind sie (?:schon |noch |bereits )?(?:über|unter|jünger als|älter als|zwischen) (?:\d\d"
            r"|dreißig|vierzig|fünfzig|sechzig)"
        ),
        (
            r"(?:in welchem jahr|wann) haben sie (?:ihre? |das |die )?(?:abitur|schul\w+|matura"
            r"|mittlere reife)"
        ),
        (
            r"(?:wann|wie lange|wie viele jahre) [^.?!]{0,40}(?:in rente|in den ruhestand|zur rente"
            r"|bis zum ruhestand|bis zur rente|pension gehen)"
        ),
        r"wann feiern sie " + _ANY + r"geburtstag|welcher generation (?:gehören|zählen)",
        (
            r"(?:decade|year) (?:\w+ ){0,4}(?:by birth|of your birth|you were born)"
            r"|you (?:\w+ )?(?:draw|drawing|claim|claiming) (?:a |your )?pension|you (?:\w+ ){0,2}(?:at "
            r"|in )?school in the "
            r"(?:fif|six|seven|eigh|nine)ties|old enough to be your|you (?:\w+ )?(?:turn|turning|reach) (?:\d\d"
            r"|thirty|forty|fifty"
            r"|sixty)\b(?! percent)"
        ),
        (
            r"welche\w? (?:jahrgang|geburtsjahr\w*|alter) (?:haben|sind|gehören)|wie alt (?:sie|du) (?:sind"
            r"|bist|werden)"
            r"|(?:wann|in welchem jahr) (?:werden|wurden) sie (?:\d\d|dreißig|vierzig|fünfzig|sechzig)\b"
            r"|in welchem jahrzehnt (?:sind|wurden) sie|feiern sie (?:\w+ ){0,3}(?:runden )geburtstag"
        ),
    ),
    Topic.FAMILY: (
        (
            r"(?:are|were) you (?:currently |still |already |happily )?(?:married|single|divorced"
            r"|widowed|engaged|separated|in a (?:relationship|partnership)|seeing anyone)"
        ),
        r"(?:you|your) "
        + _ANY
        + r"(?:get|getting|got) (?:married|divorced|engaged)|plan(?:ning)? to marry|wedding plans",
        r"(?:does|do|is|are|what does|where does|would) your "
        + _PARTNER
        + r"\b(?! (?:in|at|on) (?:the|your) (?:team|bank|branch))",
        (
            r"your (?:marital|civil|family|relationship) status|your maiden name"
            r"|your family (?:situation|circumstances)"
        ),
        (
            r"do you (?:live|still live) (?:alone|with (?:a|your) (?:partner|parents))"
            r"|who (?:else )?lives with you|have you got a "
        )
        + _PARTNER,
        r"do you have a " + _PARTNER,
        (
            r"(?:sind|waren|bist) (?:sie|du) (?:zurzeit |derzeit |noch |schon |eigentlich "
            r"|glücklich )?(?:verheiratet|ledig|single|geschieden|verwitwet|verlobt|liiert|vergeben"
            r"|in einer (?:beziehung|partnerschaft))"
        ),
        r"(?:wollen|planen|möchten|werden) sie "
        + _ANY
        + (
            r"(?:heiraten|hochzeit|sich verloben)|leben sie (?:allein|in (?:einer )?(?:partnerschaft"
            r"|beziehung)|getrennt|mit)"
        ),
        r"(?:was|wo|wie) (?:macht|arbeitet|denkt|findet|verdient|sagt) (?:denn )?ihr\w? " + _MATE,
        r"(?:ist|hat|wird|würde|käme|kommt|zieht) ihr\w? "
        + _MATE
        + r"\b(?! (?:im team|in der (?:bank|filiale)))",
        (
            r"haben sie (?:eine?n? )?(?:feste\w? )?(?:partner|partnerin|freundin|mann|frau)\b"
            r"|ihr (?:familien|personen)stand|ihr\w? geburtsname|ihr mädchenname"
            r"|ihre familiäre situation|ihre\w? familienverhältnisse\w?"
        ),
        (
            r"there (?:a )?(?:mr|mrs|somebody|someone|man|woman)\.?(?: or (?:mr|mrs|a woman"
            r"|a man)\.?)? (?:special )?(?:in your life"
            r"|by your side)|(?:somebody|someone|anybody|anyone) (?:waiting )?(?:for you )?at home|tie the knot"
            r"|who do you live with"
        ),
        (
            r"gibt es [^.?!]{0,40}(?:an ihrer seite|in ihrem leben)|(?:wartet|ist) (?:\w+ ){0,2}(?:jemand"
            r"|wer) (?:zu hause )?auf sie"
            r"|sind sie frisch (?:verheiratet|geschieden|getrennt|verliebt|verlobt)"
            r"|bei ihnen (?:\w+ ){0,2}(?:eine )?hochzeit"
            r"|mit wem (?:leben|wohnen) sie|haben sie (?:zu hause )?familie\b"
        ),
    ),
    Topic.CHILDREN: (
        r"(?:do|did|will|would|are|have) you "
        + _ANY
        + (
            r"(?:have|want|plan|planning|expect|expecting|wish for|got|having|raise) (?:to (?:have"
            r"|start|raise) )?(?:any |more |small |young |school-age )?"
        )
        + _KIDS,
        (
            r"how many (?:children|kids)(?: \w+){0,2} (?:do )?you|(?:your"
            r"|state the) (?:number of )?(?:children|kids|dependants)\b(?!['’])"
        ),
        (
            r"who (?:looks|will look|takes|would take) (?:after|care of) (?:your|the) (?:children|kids"
            r"|little ones)"
        ),
        (
            r"(?:your|organis\w+|arrange\w*|have) (?:\w+ )?child\s?care|your family planning|(?:start"
            r"|starting) a family|biological clock|your desire (?:for|to have) children"
        ),
        r"(?:are|were|could|might) you "
        + _ANY
        + (
            r"(?:pregnant|expecting)|you (?:be|become|get|getting) pregnant|your pregnanc\w+"
            r"|a pregnancy test"
        ),
        r"(?:do|are|will|would|have) you "
        + _ANY
        + r"(?:take|taken|taking|plan|planning|go on|going on) "
        + _ANY
        + r"(?:parental|maternity|paternity) leave",
        (
            r"(?:haben|wollen|wünschen|planen|möchten|bekommen|erwarten|hast|willst) (?:sie"
            r"|du) (?:sich )?(?:\w+ ){0,3}?(?:kind(?:er)?|nachwuchs|eine? (?:familie|baby"
            r"|schwangerschaft)|söhne|töchter)\b"
        ),
        (
            r"wie viele kinder (?:haben|hast|wollen|möchten)|ihr\w? kinderwunsch|kinderwunsch"
            r"|ihr\w? familienplanung|(?:ihre|deine) (?:\w+ )?kinder\b|anzahl ihrer kinder"
            r"|biologische uhr"
        ),
        (
            r"wer (?:betreut|kümmert sich um|passt auf|versorgt|holt) [^.?!]{0,20}(?:ihre?|die"
            r"|den) (?:kind\w*|kleinen|nachwuchs)"
        ),
        r"(?:sind|könnten|werden) sie "
        + _ANY
        + (
            r"schwanger|schwanger (?:werden|sind|zu werden)|besteht (?:\w+ ){0,2}schwangerschaft"
            r"|in anderen umständen|guter hoffnung|schwangerschaftstest"
        ),
        r"(?:planen|wollen|möchten|werden|nehmen|haben) sie "
        + _ANY
        + (
            r"(?:elternzeit|mutterschutz|erziehungsurlaub)|ihre kinderbetreuung|wie (?:ist"
            r"|organisieren sie|regeln sie) (?:die |ihre )?kinderbetreuung"
        ),
        r"eine familie (?:zu )?gründen|familie gründen",
        (
            r"(?:do|did|will) you (?:have|expect) (?:\w+ )?(?:dependants|dependents)"
            r"|who (?:picks|will pick|would pick|collects|fetches|drops) (?:up )?(?:the |your )?(?:children"
            r"|kids|little ones)"
            r"|is your family (?:complete|planning)|(?:do|are) you (?:still )?breast-?feed(?:ing)?"
            r"|are you a (?:single )?(?:mother"
            r"|father|parent|mum|mom|dad)"
        ),
        (
            r"bei ihnen (?:\w+ ){0,2}(?:ein )?(?:baby|kind|nachwuchs)|stillen sie(?= noch|[?.!]*$)"
            r"|sind sie (?:\w+ )?(?:alleinerziehend|mutter|vater|eltern)\b"
        ),
    ),
    Topic.RELIGION: (
        r"(?:are|were) you (?:a |an )?(?:practising |devout )?" + _FAITH,
        (
            r"(?:your|which|what) (?:religion|faith|denomination|religious (?:beliefs?|affiliation"
            r"|community)|church)\b(?! (?:bank|client|account|or charity))"
        ),
        (
            r"do you (?:believe in god|pray|fast|go to (?:church|mass|the mosque|the synagogue)"
            r"|attend (?:church|mass|services)|pay church tax|observe (?:the )?(?:sabbath|ramadan)"
            r"|celebrate (?:christmas|easter|ramadan|hanukkah)|wear a (?:headscarf|hijab|kippah?"
            r"|turban))"
        ),
        (
            r"(?:what|which) (?:\w+ )?holidays do you (?:observe|celebrate|keep)"
            r"|take off your (?:headscarf|hijab)"
        ),
        r"(?:sind|waren) sie (?:\w+ )?" + _GLAUBE,
        (
            r"(?:ihre?|welcher?|welche) (?:\w+ )?(?:religion\w*|konfession\w*|glaube\w*"
            r"|glaubensrichtung|religionszugehörigkeit|weltanschauung|kirche)\b"
        ),
        (
            r"(?:glauben sie an gott|beten sie|fasten sie|gehen sie (?:\w+ ){0,2}in die (?:kirche"
            r"|moschee|synagoge)|zahlen sie kirchensteuer|feiern sie (?:weihnachten|ostern|ramadan)"
            r"|halten sie (?:den )?(?:ramadan|sabbat)|tragen sie ein kopftuch|würden sie (?:ihr"
            r"|das) kopftuch)"
        ),
        (
            r"welche\w? (?:religiösen )?feiertage (?:feiern|halten|begehen) sie"
            r"|gehören sie (?:\w+ ){0,3}(?:kirche|religionsgemeinschaft|sekte|glaubensgemeinschaft"
            r"|scientology)"
        ),
        (
            r"(?:time|breaks?|days?) (?:off )?(?:for|to) (?:prayers?|pray)|(?:do|are) you (?:\w+ )?(?:keep|eat"
            r"|keeping|eating) "
            r"(?:kosher|halal)|(?:religion|faith) (?:were|are) you"
        ),
        (
            r"in welche\w (?:glauben|religion|konfession) (?:wurden|sind|werden)|(?:pausen|zeit|zeiten) (?:zum"
            r"|für das) (?:beten"
            r"|gebet)|essen sie (?:\w+ ){0,2}(?:halal|koscher)|(?:sind|wurden) sie getauft"
        ),
    ),
    Topic.HEALTH: (
        r"(?:are|were|have) you (?:been )?(?:\w+ )?" + _SICK + r"\b(?!-| with)",
        (
            r"(?:do|did|have|had) you (?:\w+ ){0,2}(?:have|suffer(?:ed)?(?: from)?|had|got|any) (?:a "
            r"|an |any |known |recent )*"
        )
        + _ILLS,
        (
            r"how (?:often|many (?:days|times|weeks)) (?:\w+ ){0,3}you (?:\w+ ){0,3}(?:ill|sick"
            r"|absent)|your sick (?:days|leave)|number of sick days|days off sick"
        ),
        (
            r"(?:your|state of your) (?:\w+ )?(?:health|medical history|disability"
            r"|illness\w*)\b(?! (?:insurance|sector|clients|expert))"
        ),
        (
            r"do you (?:smoke|drink(?: alcohol)?|take (?:any )?(?:drugs|medication|medicines?)"
            r"|see a (?:therapist|psychiatrist)|need medication)|(?:your|how much do you) (?:weigh"
            r"|height|weight)\b|are you in therapy|you (?:in|had) (?:hospital|surgery|an operation)"
        ),
        r"(?:sind|waren|fühlen) sie (?:sich )?(?:\w+ ){0,2}" + _KRANK,
        r"(?:haben|hatten|leiden|litten) sie (?:\w+ ){0,4}?"
        + _LEIDEN
        + r"\b(?! (?:von|der|einer|eines|über))",
        (
            r"wie (?:oft|häufig|lange|viele tage) (?:\w+ ){0,3}sie (?:\w+ ){0,4}?(?:krank|gefehlt"
            r"|arbeitsunfähig)|ihr\w? (?:kranken?tage|krankheitstage|fehlzeiten|krankschreibungen)"
            r"|wie viele (?:krankheits|kranken?|fehl)tage"
        ),
        (
            r"(?:ihr\w?|dein\w?) (?:\w+ )?(?:gesundheit|gesundheitszustand\w*|krankengeschichte"
            r"|behinderung|gdb|grad der behinderung)\b|wie steht es um ihre gesundheit"
        ),
        (
            r"(?:rauchen|trinken) sie\b(?! (?:einen )?kaffee)|nehmen sie (?:\w+ ){0,2}(?:medikamente"
            r"|drogen)|(?:sind|waren) sie in (?:\w+ )?(?:therapie|behandlung|reha|kur)"
            r"|ihr (?:körper)?gewicht|wie (?:schwer|groß) sind sie"
            r"|waren sie (?:\w+ ){0,3}im krankenhaus"
        ),
        (
            r"(?:have|were) you (?:\w+ ){0,2}(?:treated|diagnosed|in treatment|in therapy|hospitali[sz]ed)"
            r"|when did you last (?:see|visit) (?:a|your) (?:doctor|gp|therapist|specialist)|(?:a"
            r"|your) disability (?:card|pass|status)"
        ),
        (
            r"(?:sind|waren) sie (?:\w+ ){0,5}in (?:\w+ )?(?:behandlung|therapie)"
            r"|wann waren sie (?:\w+ )?(?:beim|bei einem) (?:arzt"
            r"|facharzt|therapeuten)|schwerbehindertenausweis|gibt es (?:\w+ )?(?:gesundheitliche|körperliche"
            r"|psychische)"
            r"|(?:sind|wurden) sie (?:\w+ ){1,2}(?:corona|covid|grippe) geimpft"
        ),
    ),
    Topic.ORIGIN: (
        (
            r"where (?:are you|do you|does your family) (?:\w+ )?(?:come )?from\b(?! (?:to"
            r"|the office))|where are you (?:really|originally|actually)"
        ),
        (
            r"your (?:\w+ )?(?:nationality|citizenship|ethnicit\w+|ethnic \w+|race|skin colour"
            r"|origins?|roots|mother tongue|native language|native country|home country|ancestry)\b"
        ),
        (
            r"(?:what|which) (?:nationality|citizenship|country) (?:are|do|were) you|(?:where"
            r"|which country) (?:were|are|do) your (?:parents|grandparents|family)"
        ),
        (
            r"(?:where is|where does|what is|what kind of) (?:that|your) (?:accent|name|surname)"
            r"|your name (?:come|sounds?)|your accent|(?:are|were) you (?:a )?(?:foreign\w*"
            r"|an immigrant|a refugee|a native speaker|german|turkish|russian|polish)\b(?! speak)"
        ),
        (
            r"(?:woher|aus welchem land) (?:kommen|stammen) (?:sie|ihre (?:eltern"
            r"|familie))(?! (?:\w+ ){0,2}(?:zu uns|zur arbeit))|wo (?:kommen|stammen) (?:sie"
            r"|ihre eltern) (?:\w+ ){0,2}her"
        ),
        (
            r"(?:ihre?|welche|deine) (?:\w+ )?(?:herkunft|staatsangehörigkeit\w*|nationalität"
            r"|abstammung|muttersprache|ethnie|hautfarbe|wurzeln|heimat(?:land)?|geburtsland)\b"
        ),
        (
            r"(?:wo|in welchem land) (?:sind|wurden) ihre (?:eltern|großeltern)|(?:sind"
            r"|waren) sie (?:ausländer\w*|deutsche\w?|flüchtling|muttersprachler\w*|türk\w+"
            r"|migrant\w*)\b|haben sie (?:einen )?migrationshintergrund|ihr akzent|woher (?:kommt"
            r"|stammt) ihr (?:nach|vor)?name|welchen (?:pass|migrationshintergrund) haben sie"
        ),
        (
            r"where (?:did you grow|were you (?:raised|brought)) up\b|where were you raised|(?:which"
            r"|what) passports? do you"
            r"|your first language|wo (?:sind|wurden) sie (?:aufgewachsen|groß geworden)"
        ),
    ),
    Topic.UNION: (
        (
            r"(?:are|were|have) you (?:been )?(?:\w+ )?(?:a member of|in|active in|organised in) (?:a "
            r"|any |the |your )?(?:trade union|labou?r union|union\b(?! investment)|political party"
            r"|party|works council)"
        ),
        (
            r"your (?:union membership|trade union|party|political (?:views?|opinions?|beliefs?"
            r"|affiliation|leanings?))|trade union membership"
        ),
        (
            r"(?:who|whom|which party|what party|what) (?:do|did|will|would) you vote(?: for)?"
            r"|have you ever (?:been on strike|gone on strike)|(?:do|did) you (?:\w+ )?(?:strike"
            r"|support (?:a|any) (?:party|union))|do you (?:\w+ )?belong to (?:a"
            r"|any) (?:\w+ )?(?:union|party)"
        ),
        (
            r"(?:sind|waren) sie (?:\w+ ){0,3}?(?:gewerkschaft\w*"
            r"|mitglied (?:\w+ ){0,3}(?:gewerkschaft|partei)|parteimitglied|politisch aktiv|in (?:der"
            r"|einer) (?:gewerkschaft|partei)|(?:im |in einem )?betriebsrat)"
        ),
        (
            r"ihre\w? (?:\w+ )?(?:gewerkschaftszugehörigkeit|gewerkschaft|parteizugehörigkeit|partei"
            r"|politische\w? (?:einstellung|ansicht\w*|meinung|überzeugung))\b"
        ),
        (
            r"(?:was|wen|welche partei|wie) (?:wählen|würden|haben) sie (?:\w+ ){0,4}?(?:wählen"
            r"|gewählt|partei|politisch)|(?:was|wen|welche partei) wählen sie"
            r"|haben sie (?:\w+ ){0,2}gestreikt|gehören sie (?:\w+ ){0,3}(?:gewerkschaft|partei)"
            r"|wie stehen sie zu(?:r|m)? (?:gewerkschaft\w*|betriebsr\w+|\w*partei)|welcher (?:partei"
            r"|gewerkschaft)"
        ),
    ),
    Topic.SEXUALITY: (
        (
            r"(?:are|were) you (?:gay|lesbian|straight|homosexual|heterosexual|bisexual|trans\w*|queer"
            r"|a man or a woman)|your (?:sexual \w+|sexuality|gender|sex)\b"
        ),
        (
            r"(?:sind|waren) sie (?:schwul|lesbisch|homosexuell|heterosexuell|bisexuell|trans\w*|queer"
            r"|hetero|ein mann oder eine frau)|ihre? (?:sexuelle\w? \w+|sexualität|geschlecht)\b"
        ),
    ),
}
#: A field of a form by itself, or at the beginning of one: "Date of birth:".
LABELS: dict[Topic, str] = {
    Topic.AGE: (
        r"(?:date|year|day) of birth|birth\s?date|age(?: in years)?|geburts(?:datum|tag|jahr"
        r"|daten)|(?:lebens)?alter|jahrgang"
    ),
    Topic.FAMILY: r"(?:marital|civil) status|maiden name|familienstand|geburtsname|mädchenname|personenstand",
    Topic.CHILDREN: (
        r"(?:number of )?children|dependants|(?:anzahl )?(?:der )?kinder|kinderwunsch"
        r"|familienplanung|schwangerschaft|pregnancy"
    ),
    Topic.RELIGION: (
        r"religion|religious affiliation|denomination|faith|konfession|religionszugehörigkeit"
        r"|glaubensbekenntnis"
    ),
    Topic.HEALTH: (
        r"state of health|health status|medical history|degree of disability|disability"
        r"|gesundheitszustand|grad der behinderung|schwerbehinderung|behinderung|vorerkrankungen"
        r"|krankheiten|sick days|krankheitstage"
    ),
    Topic.ORIGIN: (
        r"place of birth|country of birth|birthplace|nationality|citizenship|ethnic(?:ity| origin)"
        r"|race|geburtsort|geburtsland|staatsangehörigkeit|nationalität|herkunft|abstammung"
    ),
    Topic.UNION: (
        r"trade union(?: membership)?|union membership|political party|party membership"
        r"|gewerkschaft(?:szugehörigkeit|smitglied)?|parteizugehörigkeit|partei"
    ),
    Topic.SEXUALITY: (
        r"sexual (?:orientation|identity)|gender|sex|geschlecht|sexuelle (?:orientierung"
        r"|identität)"
    ),
}
#: "Please state your …", in whose train a label stands.
TOLD = (
    r"(?:please |kindly )?(?:state|tell us|give(?: us)?|indicate|enter|disclose|specify"
    r"|provide|name|write down|fill in|attach proof of) (?:us )?(?:your|the)?\s*(?:\w+ (?:and"
    r"|or) )?(?:your )?"
    r"|(?:bitte )?(?:nennen|geben|teilen|schreiben|sagen"
    r"|tragen) sie (?:uns )?(?:bitte )?(?:ihre?n?|das|die|den)?\s*(?:\w+ (?:und"
    r"|oder) )?(?:ihre?n? )?"
    r"|(?:what is|what[’']s|was ist|wie ist|wie lautet) (?:your|ihre?n?) (?:\w+ )?"
    r"|(?:name|cv|photo|lichtbild|foto|lebenslauf|adresse|address),? (?:and|or|und|oder|sowie"
    r"|with|mit) (?:your |ihrem? )?"
    r"|(?:name|photo|lichtbild|foto|adresse|address), "
)
#: Families' and firms' own: "Union Investment", "health insurance".
OTHERS = re.compile(
    r"\b(?:clients?|customers?|borrowers?|households?|customer groups?|portfolio|products?"
    r"|insurance|savings|accounts?|fund"
    r"|kund\w+|mandant\w+|kredit\w*|haushalt\w*|produkt\w*|versicherung\w*|spar\w+|konto"
    r"|konten|fonds|bestand\w*|vorsorge\w*)\b",
    re.IGNORECASE,
)


@cache
def _asks_for() -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    """What asks for each topic; made when it is first needed, since it takes as long as a tenth of the start."""
    return tuple(
        (topic, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
        for topic, all_ in ASKS.items()
        for pattern in all_
    )


@cache
def _named() -> tuple[tuple[Topic, re.Pattern[str], re.Pattern[str]], ...]:
    """How each topic is called where it is a field by itself, and where one is told to name it."""
    return tuple(
        (
            topic,
            re.compile(rf"^\W*(?:your |ihre?n? )?(?:{label})\W*$|^\W*(?:{label})\s*:", re.IGNORECASE),
            re.compile(rf"\b(?:{TOLD})(?:{label})\b", re.IGNORECASE),
        )
        for topic, label in LABELS.items()
    )


#: Longer sentences are cut: nobody asks in so many words, and no pattern should read a page at a time.
LONGEST = 500


def asking(text: str) -> Asked | None:
    """The words of `text` that ask for something private; None where none do."""
    for sentence in past_pay.SENTENCE.findall(text):
        if found := _asks(" ".join(sentence[:LONGEST].split())):
            return found
    return None


def why(found: Asked) -> str:
    """Why these words cannot stand, and what may be asked instead."""
    return gettext(
        "“%(words)s” asks about %(topic)s. No employer may ask that (%(law)s). %(instead)s",
        words=found.words,
        topic=found.topic.words,
        law=found.topic.law,
        instead=found.topic.instead,
    )


def objection(text: str) -> str | None:
    """Why a text may not be put to a candidate: it asks for past pay, or for something private; None where it may."""
    if pay := past_pay.asking(text):
        return past_pay.why(pay)
    found = asking(text)
    return why(found) if found else None


def refuse(*texts: str) -> None:
    """Raise NotPossible, with the reason, where one of these texts may not be put to a candidate."""
    for text in texts:
        if reason := objection(text):
            raise NotPossible(reason)


def _asks(sentence: str) -> Asked | None:
    if past_pay.declines(sentence):
        return None
    for topic, pattern in _asks_for():
        if found := pattern.search(sentence):
            return Asked(found[0].strip(), topic)
    if OTHERS.search(sentence):
        return None
    for topic, alone, told in _named():
        if found := alone.search(sentence) or told.search(sentence):
            return Asked(found[0].strip(" :"), topic)
    return None
