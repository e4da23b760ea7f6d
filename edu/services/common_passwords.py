"""Words that are no password: those everyone takes, those of this field, and the runs of a keyboard.

Digits and signs around a word and swaps such as 0 for o are undone before a word is looked up here, so one
entry stands for many ("password" also for P@ssw0rd1!). In lower case, without spaces.
"""

from __future__ import annotations

RUNS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "q1w2e3r4t5y6u7i8o9p0",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujm",
)

_EVERYWHERE = """
password passwords passwort motdepasse contrasena contraseña senha parola wachtwoord haslo heslo salasana
passphrase mypassword thepassword newpassword oldpassword changeme changethis changeit letmein letmeinnow
welcome welcomeback willkommen bienvenue bienvenido benvenuto admin administrator administrador root toor
superuser sysadmin user username guest login logon signin default temporary temppass temp test testing tester
testtest demo sample example secret topsecret private qwerty qwertyqwerty qwertyui qwertz azerty asdfasdf
asdfghjk zxcvzxcv zxcvbn qazwsx qweasd qweasdzxc qweqwe asdasd asdasdasd zxczxc abcabc abcde abcdef aabbcc
iloveyou ilovegod ilovemum ilovemom ilovedad loveyou loveme lovely lovelove teamo tequiero jetaime mylove
sunshine sunflower princess princesa prinzessin prinzess rainbow butterfly flower flowers blossom diamond
crystal chocolate cookie cookies cupcake sweetheart sweetie sweety honey babygirl babyboy baby angel angels
angelito heaven jesus jesuschrist jesuslovesme godisgood godbless christ blessed blessing faith church
football fussball futbol futebol soccer baseball basketball volleyball hockey tennis golf golfer cricket rugby
barcelona realmadrid juventus liverpool arsenal chelsea manchester manchesterunited manutd bayern dortmund
celtic rangers everton tottenham benfica sporting corinthians flamengo boca riverplate yankees lakers cowboys
steelers eagles patriots packers redsox dodgers broncos warriors bulls jordan michael michaeljordan messi
ronaldo cristiano neymar beckham superman batman spiderman ironman wonderwoman captainamerica avengers marvel
starwars startrek skywalker darthvader yoda jedi hobbit gandalf frodo matrix pokemon pikachu naruto dragonball
dragon dragons monkey tiger lion panther eagle falcon phoenix wolf shadow hunter ranger killer killers ninja
samurai pirate wizard master mistress boss boss123 king kingking queen prince knight warrior soldier trooper
computer computers internet laptop keyboard windows microsoft apple iphone samsung android google facebook
instagram whatsapp youtube twitter linkedin amazon netflix yahoo hotmail gmail outlook skype nintendo
playstation xbox minecraft fortnite roblox counterstrike warcraft worldofwarcraft callofduty diablo zelda
mustang ferrari porsche mercedes toyota honda nissan chevrolet corvette camaro harley harleydavidson yamaha
suzuki kawasaki ducati volkswagen subaru audi ford chevy jeep maserati lamborghini bugatti
summer winter spring autumn january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday sommer fruehling herbst verano invierno primavera
london paris newyork madrid berlin sydney melbourne toronto chicago boston texas california florida america
england scotland ireland australia canada deutschland germany france espana brasil mexico argentina colombia
portugal italia russia moscow ukraine polska nederland holland sweden norway finland denmark india pakistan
freedom liberty victory victoria vittoria peace hope trust trustno trustnoone forever whatever nothing
something anything everything nobody somebody anybody someone nevermind goodluck lucky happy happiness smile
smiley friends friend bestfriend bestfriends family mother father mommy daddy mamapapa mamamia grandma sister
brother brothers children money moneymoney dollar dollars millionaire rich success business company office
service support server system network database backup security secure safety access accesscode passcode
pincode opensesame sesame abracadabra hocuspocus magic mystery enigma
blink linkinpark metallica slipknot nirvana acdc ironmaiden beatles pinkfloyd ledzeppelin greenday eminem
tupac rihanna beyonce shakira madonna elvis hannahmontana justinbieber onedirection taylorswift bigbang
guitar piano music musica musician dancer dancing dance singer rockandroll rocknroll hiphop
jennifer jessica ashley amanda michelle nicole stephanie elizabeth samantha patricia barbara katherine
caroline charlotte isabella gabriela alejandra alexandra alexander alejandro christopher christian cristian
anthony matthew andrew daniel danielle joshua jonathan benjamin nicholas nathaniel william robert richard
charlie thomas martin francisco fernando eduardo roberto ricardo sebastian santiago valentina mohammed
muhammad abdullah
charlie1 buster ginger pepper maggie bailey sparky rusty scooter snoopy garfield mickey mickeymouse donald
donaldduck tweety tinkerbell winnie winniethepooh hellokitty barbie snowwhite cinderella nemo shrek scoobydoo
spongebob simpsons southpark bond jamesbond sherlock harrypotter hermione voldemort hogwarts gryffindor
orange banana cherry strawberry apples pineapple mango lemon peach cheese pizza burger coffee whiskey vodka
budweiser corona heineken guinness tequila marlboro cocacola pepsi redbull
purple yellow orange silver golden goldfish black blackblack white green blue red pink violet scarlet
mountain ocean river beach island forest garden sunset sunrise moonlight starlight midnight thunder lightning
storm hurricane tornado winterwonderland snowball snowman snowflake iceman icecream
school student students teacher professor college university universidad university graduate academy campus
study studying education learning elearning course classroom homework lecture exam library
correcthorsebatterystaple donotuse dontknow idontknow forgot forgotten ihateyou fuckyou fuckme fuckoff asshole
bullshit bastard pussycat sexy sexsex iloveme superstar rockstar supergirl superboy awesome cool coolcool
blahblah blablabla lalala hahaha hehehe lollol lolololol ohmygod omgomg
"""

# What somebody who knows this site would try first (ASVS 6.2.11).
_OF_THIS_FIELD = """
backmice backmouse backmousecourse mouse mice nodule nodules lipoma lipomas episacral episacroiliac
episacroiliaclipoma sacroiliac sacrum iliaccrest iliac lumbar lumbago lowback lowbackpain backpain backache
spine spinal vertebra fascia fat fatty fibrofatty palpation palpate infiltrate infiltration injection inject
needle syringe lidocaine lignocaine steroid triamcinolone technique clinical clinic clinician hospital doctor
doctors physician surgeon surgery nurse nursing physio physiotherapy physiotherapist osteopath osteopathy
chiropractor medicine medical medicina medico medizin patient patients anatomy anatomia ultrasound
orthopaedics orthopedics rehabilitation anaesthesia anesthesia radiology paindoctor healthcare health
tutorial tutorials video videos lesson lessons quiz quizzes caption captions chapter studio edu eduedu
"""

COMMON = frozenset(_EVERYWHERE.split()) | frozenset(_OF_THIS_FIELD.split())
