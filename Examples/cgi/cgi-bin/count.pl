#!/usr/bin/perl
# Counts, a line at a time: what a program prints is sent as it is printed.
use strict;
use warnings;

$| = 1;
my ($to) = ($ENV{PATH_INFO} // '') =~ m{^/(\d{1,3})$};
if (!defined $to) {
    print "30 $ENV{SCRIPT_NAME}/10\r\n";
    exit;
}
print "20 text/gemini\r\n# Counting to $to\n";
for my $number (1 .. $to) {
    print "* $number\n";
    select undef, undef, undef, 0.01;
}
