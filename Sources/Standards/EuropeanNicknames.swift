/// Short forms of given names in German, French, Spanish, Italian, Dutch, Portuguese, Polish and Russian, without accents.
///
/// Source: written by hand from common use; no package at hand lists them. A line is a given name and its short forms.
enum EuropeanNicknames {
  static let text = """
    alexander alex sascha sander lex xander aleksander
    andreas andi andy anders
    anna anni anneke anke anja anya annette annika
    barbara babsi barbel basia
    bernhard bernd berni ben
    christian chris krischan
    christina christine tina kristina krista stina
    dorothea dora thea dorle
    eberhard ebbe eberhardt
    elisabeth elsa else ella ilse lisa lisbeth liesl liesel elli sissi betti bettina
    franziska franzi ziska
    franz franzl francis
    friedrich fritz fredi friedel frederik
    gabriele gabi gaby gabriela
    georg jorg jurgen schorsch jurg
    gerhard gerd gert hardy
    gertrud trude gerti trudi
    gunther gunter gunnar
    heinrich heinz heiner heini henrik hinrich
    helene lena leni hella
    hildegard hilde hilda
    ingeborg inge inga
    jakob jockel jacob jaap koos
    johann hans hannes johannes jan hansi
    johannes hans hannes jan johann
    josef sepp jupp josef beppo joseph
    karl karlheinz kalle charles carl carlo
    katharina kathi kathrin katja katrin kathe trina kati
    konrad kurt conny
    ludwig lutz louis wiggerl
    magdalena lena magda leni
    manfred manni fred
    margarete grete gretel greta gretchen margit rita margot
    maria mia mitzi marie mariele marieke mieke maja
    martin marten
    matthias hias matz mathias
    maximilian max maxi
    michael michi michel micha
    nikolaus klaus niklas nico claus
    reinhard reiner hardy
    rudolf rudi ralf rolf
    sebastian basti bastian wastl
    siegfried sigi siggi
    sophie sofie fieke
    stefan stephan steffen stefano
    susanne susi sanne suse
    theodor theo
    therese resi thesi theresia
    thomas tom thoma tommi
    ulrich uli ulli utz
    ursula uschi ulla ursel
    walter walti
    wilhelm willi willy wim helmut willem
    wolfgang wolf wolfi
    antoine toine antonin
    benoit ben benedict
    catherine cathy cathou katy
    dominique dom domi
    emmanuel manu manuel
    emmanuelle manu
    francois francis fanfan
    francoise fanfan fanchon
    frederic fred fredo
    genevieve ginette viviane
    guillaume guy guigui
    jacqueline jacquie jackie
    jacques jacky jacquot
    jean jeannot
    jeanne jeannette jeanine
    louis loulou louison
    madeleine mado madelon
    marguerite margot
    nicolas nico colas
    philippe phil philou
    pierre pierrot
    alberto beto berto
    alejandro alex ale jandro
    alfonso fonso poncho
    antonio tono toni tonino antonito nino
    carlos carlitos charly
    carmen mamen carmela menchu
    concepcion concha conchita
    consuelo chelo
    dolores lola loli lolita
    eduardo edu lalo
    enrique quique kike
    ernesto neto
    federico fede
    fernando nando fer
    francisco paco pancho curro fran kiko quico frasquito
    gabriel gabi gabo
    gregorio goyo
    guadalupe lupe lupita
    guillermo guille memo willy
    ignacio nacho
    isabel isa chabela bel
    jesus chucho chuy suso
    jose pepe josep chema pepito
    josefa pepa josefina fina
    juan juanito juancho
    lorenzo lencho
    luis lucho luisito
    manuel manolo manu lolo
    mercedes merche meche
    miguel miki migue
    montserrat montse
    pilar pili
    rafael rafa
    ramon moncho
    ricardo rica richi
    roberto beto rober
    rosario charo
    salvador salva chava
    santiago santi yago chago
    sergio checo
    teresa tere teresita maite
    vicente chente
    domenico mimmo mimi menico
    filippo pippo
    francesco franco checco cesco ciccio
    giovanni gianni nanni vanni gian
    giovanna gianna vanna
    giuseppe beppe peppe pino peppino pippo
    giuseppina pina pinuccia giusy
    lorenzo renzo enzo
    luigi gigi gino luigino
    margherita rita ghita
    matteo teo
    salvatore toto turi tore
    vincenzo enzo vince cenzo
    antonius ton toon anton teun tonnie
    adriana jana adri
    adrianus adri arie adriaan ad
    cornelis cor kees cees nelis
    cornelia corrie nel neeltje lia
    elisabetha els bets lies liesbeth
    gerardus gerard gerrit ger geert
    hendrik henk hein rik henri
    henricus henk harrie rik
    jacobus jaap koos jacob sjaak
    johanna jo joke anja hanneke janneke
    lambertus bert lambert
    leonardus leo leen
    mathilde tilly tilde
    petrus piet peter pieter pier
    theodorus theo dorus dirk
    wilhelmina mien mina willy wil minnie
    wilhelmus wim willem wil
    joao joaozinho janjao
    francisca chica xica paquita paca
    aleksandra ola sasha alexandra sandra
    aleksandr sasha sanya shura alexander alex
    aleksei alyosha lyosha alexey alex
    anastasia nastya asya stasia
    andrzej andrew jedrek
    dmitri dima mitya dmitry
    ekaterina katya katia kate catherine
    elena lena alyona helen
    grzegorz grzes
    ivan vanya
    jadwiga jadzia
    jan janek jas jasiek
    katarzyna kasia kaska
    krzysztof krzys krzysiek
    ludmila lyuda mila
    malgorzata gosia malgosia
    maria masha marusya marysia mania
    mikhail misha
    natalia natasha nata
    nikolai kolya
    olga olya
    pavel pasha
    pyotr petya
    sergei seryozha serge
    stanislaw staszek stasiek stas
    svetlana sveta lana
    tatiana tanya tania
    tomasz tomek
    vladimir vova volodya
    yevgeny zhenya evgeny eugene
    zofia zosia
    """
}
