"""256 plain words, one for each byte: four of them stand for a long number on a wall.

They are names and are the same in every language, as the number is; their order never changes.
"""

from __future__ import annotations

from typing import Final

_LIST: Final = """
acorn amber anchor apple apron arch arrow atlas autumn badge bagel bakery bamboo banana banjo
barley barn basil basket bay beach bead bean beaver bell bench berry bicycle birch biscuit blanket
blossom boat book boot bottle branch bread breeze brick bridge brook brush bucket butter button
cabin cactus candle canoe canvas carpet carrot castle cedar cello chair chalk cherry chess
chestnut chimney cinnamon circle clay cloud clover coconut comet copper coral cotton cradle crayon
cricket crystal cup curtain daisy dolphin door dove dragon drum eagle ember engine falcon feather
fern ferry fiddle field flag flame flute forest fountain fox garden garlic ginger glacier glove
goose grain grape gravel guitar hammer harbour harp hazel heather hedge helmet heron hill holly
honey horizon iris island ivy jacket jasmine jelly jigsaw jug kettle key kite ladder lagoon lake
lantern lark laurel lemon lentil library lighthouse lily linen magnet mango maple marble market
meadow melon meteor mint mirror moon moss mountain mustard needle nest nettle night nutmeg oak
oasis ocean olive onion orange orchard otter oven owl paddle palm panda paper parrot parsley path
peach pear pebble pencil penguin pepper piano pigeon pillow pine planet plum pocket pond poppy
potato pottery puffin pumpkin quilt rabbit raft rain raven reed ribbon rice river robin rocket
rope rose ruby saddle saffron sail salmon sand scarf shell silver snow sparrow spoon stone sugar
summer sun swan table tea thistle thyme tiger toast tower train tulip turnip umbrella valley
velvet violet violin wagon walnut water whale wheat willow window winter wool wren yarn zebra
"""

WORDS: Final[tuple[str, ...]] = tuple(_LIST.split())
