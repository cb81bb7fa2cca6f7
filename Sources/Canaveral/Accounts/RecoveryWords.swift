/// The words of recovery phrases: 1024, short, common, spelt in one way. Never to be changed, since people have them on paper.
package enum RecoveryWords {
    package static let list = Self.text.split { $0 == " " || $0 == "\n" }.map(String.init)
    static let set = Set(Self.list)

    private static let text = """
        able above acid acorn acre actor adapt adult agent agree ahead aim air aisle alarm album alike alive allow
        alloy alone alpine amber among ample anchor angle animal ankle answer apart apple april apron arch area
        arena argue arm aroma array arrow art artist aside aspen atlas atom attic audio august aunt autumn avenue
        avoid awake award axle baby back bacon badge bag bagel baker balance ball bamboo banana band banjo bank
        banner barber bark barley barn baron barrel base basil basin basket bath baton beach bead beak beam bear
        beard beaver bed bee beef beer begin behind bell belt bench bend berry best beyond bicycle big bike bingo
        birch bird biscuit bison bite blade blank blaze blend bless bloom blouse blue blunt board body boil bold
        bolt bone bonus book boost boot border borrow boss bottom bounce bowl box bracket brain branch brass brave
        bread break breeze bridge brief bright bring brisk broad bronze brook broom brown brush bubble bucket budget
        buffalo bulb bull bundle bunny burger burst bus bush busy butter button buyer buzz cabbage cabin cable
        cactus cafe cage cake calf call calm camel camera camp canal candle candy cannon canoe canvas canyon cape
        captain car card cargo carol carry cart case castle cat cause cedar ceiling celery cell cellar cement center
        cereal chair chalk chance change channel chapel chapter charm chart chase cheap check cheek cheer cheese
        cherry chess chest chicken chief child chimney chin choice choir choose chorus cider cinema circle circus
        city civil claim clap clay clean clerk cliff climb clinic cloak clock close cloth cloud clover clown club
        coast coat cobalt cocoa coconut code coil coin cold collar color column comb comet comic common compass
        concert cook copper copy coral cord core cork corn corner cottage couch count country couple course cover
        cow cradle craft crayon cream credit creek crop cross crowd cruise crumb crust crystal cuckoo cup curb
        curious curl curtain curve custom cycle daily dairy daisy danger dark dash date dawn day deal decade deck
        deep deer degree delay delta denim dentist depot depth desert dial diary dice diesel diet digital dime
        dinner direct dish disk ditch dive dock doctor dog doll dolphin domain donkey donor door dough dove down
        draft dragon drama draw dream dress drift drill drink drum dry duck dune dusk dust eager eagle earth ease
        east easy echo edge edit effort egg eight elbow elect elegant elephant eleven elm ember emerald empty enamel
        end energy engine enjoy enough enter entire envelope equal era errand escape evening event ever expert extra
        eye fabric face factor fair falcon fall fame family fancy farm farmer fast favor feast feather fellow felt
        fence fern ferry fetch field fifteen fifty fig figure film filter finch find finger finish fire first fish
        five flag flame flannel flat flavor fleet flight float flock flow flower fluid focus fog foil folder folk
        follow food foot force forest fork form fort forty forum fossil found fountain four fox frame free freight
        fresh friday friend frog front frost fruit fuel full fun funnel fur future gadget gallop game garage garden
        garlic gas gate gather gauge gear gem general genius gentle ghost giant gift ginger give glacier glad glide
        globe glow glue goal goat gold golf goose gospel grace grade grain grand grape grass gravel gravy great
        green greet grid grill grin grip grocer ground grove grow guard guess guest guide guitar gull gum habit hail
        hair half hall hammer hammock hamster hand handle happy harbor hard harp harvest hat hawk hay hazel head
        heap heart hedge height helmet help hen herb herd hero heron hiccup high hill hinge hint hockey hold holiday
        hollow home honest honey hood hook hope horizon horn horse host hotel house hub human humble hundred hunt
        hurdle hurry husky hut ice idea idle igloo image index indigo infant ink inn insect inside intact invite
        iron island item ivory ivy jacket jade jaguar jam january jar jasmine jazz jersey jet jewel job joke jolly
        journey joy juice jumbo jump june jungle kayak keen keep kernel kettle kick king kiosk kitchen kite kiwi
        knee knit knob knock knot koala label lace ladder lady lake lamb lamp land lane lantern large laser last
        late laugh laundry lava lawn layer lazy leader leaf learn leather ledge left legend lemon lens lettuce level
        liberty library light lime limit line linen liquid list listen little lizard llama loaf lobby local lock
        locust lodge loft logic long loop lotus loud lounge loyal lucky lumber lunar lunch lyric machine magnet maid
        mail main mammal mango manor maple marble march margin marine mark market marsh mask mason maze meadow meal
        medal melody melon member memory menu mercy merit metal meteor meter method middle midnight mile milk mill
        mineral mint minute mirror mist mitten mix mobile model modern modest monday money monkey month moon moose
        mosaic moss motel motor mountain mouse mouth movie mule muscle music mustard mutual myth name narrow native
        nature navy near neat neck nectar needle nephew net never new niece night nod noise noodle noon normal north
        note notice novel nurse nut nylon oak oasis oat oboe ocean october odd offer office often oil old omelet one
        onion open opera orange orbit orchard orchid order organ origin ostrich other otter outer oval oven owl
        owner oxygen oyster pacific pack paddle page paint pair palace palm pan panda panel panther paper parade
        parent park parrot party pass pasta patch path patrol pause peak peanut pearl pedal pelican pencil pepper
        perfect permit photo piano picnic pigeon pillow pilot pine pink pioneer pipe pirate pistol rabbit racket
        radar radio raft rain raisin ranch rapid raven recipe reef ribbon rice ridge river road robin rocket roof
        rope rose ruby saddle sail salad salmon salt sand saturn scarf school scooter season seed shadow shell ship
        silk silver sister sketch sky sleigh snow socket sofa spider spoon spring square stable star station stone
        storm summer sunset swan table tailor tango teapot temple thunder ticket tiger timber toast tomato tower
        tractor train trumpet tulip tunnel turtle twelve umbrella uncle unicorn valley vanilla velvet village violin
        volcano wagon walnut water whale wheat willow window winter wizard wonder yellow yogurt zebra zigzag
        """
}
