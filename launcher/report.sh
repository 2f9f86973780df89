# Makes a few lines of what Maven says, for `hearth`, which reads this file. All of it is in a log.
# shellcheck shell=sh

# Runs Maven with the arguments from $3 on: everything it says goes to the file $1, what the
# function $2 makes of it to standard output. The exit status is Maven's.
reported() {
    log=$1
    report=$2
    shift 2
    mkdir -p "$(dirname -- "$log")"
    exec 4>&1
    failed=$(
        {
            { maven -Dstyle.color=never "$@" 2>&1 3>&- 4>&- || echo "$?" >&3; } \
                | tee "$log" 3>&- 4>&- | "$report" >&4 3>&-
        } 3>&1
    )
    exec 4>&-
    return "${failed:-0}"
}

# "Hearth storage 0.1.0-SNAPSHOT   [5/10]" as "storage".
module_of() {
    module=${1#*Building Hearth}
    module=${module%% [0-9]*}
    module=${module# }
    printf '%s' "${module:-all modules}"
}

# What goes wrong is an [ERROR] line and the lines after it that have no such mark.
tell_errors() {
    case $1 in
        '[ERROR]'*) wrong=1 ;;
        '[INFO]'* | '[WARNING]'*) wrong='' ;;
    esac
    if [ -n "$wrong" ]; then printf '%s\n' "$1"; fi
}

# The first build fetches hundreds of libraries.
tell_downloads() {
    case $1 in
        '[INFO] Downloaded from '*)
            downloads=$((downloads + 1))
            if [ $((downloads % 100)) -eq 0 ]; then
                printf 'hearth: %s files fetched, which the build needs ...\n' "$downloads"
            fi
            ;;
        'mvnw: '*) printf '%s\n' "$1" ;;
    esac
}

# A line for each module as it begins, and what goes wrong.
report_build() {
    wrong='' downloads=0
    while IFS= read -r line || [ -n "$line" ]; do
        tell_errors "$line"
        tell_downloads "$line"
        case $line in
            '[INFO] Building Hearth'*) printf 'hearth: building %s ...\n' "$(module_of "$line")" ;;
        esac
    done
}

# A line for each module that is done, what goes wrong in full, then what was left out, and the
# closing line that Surefire would print for all modules together: programs look for it.
report_tests() {
    wrong='' downloads=0 building='' left_out=''
    all_run=0 all_failures=0 all_errors=0 all_skipped=0
    while IFS= read -r line || [ -n "$line" ]; do
        tell_errors "$line"
        tell_downloads "$line"
        case $line in
            '[INFO] Building Hearth'*)
                tell_module
                building=$(module_of "$line")
                began=$(date +%s)
                run=0 failures=0 errors=0 skipped=0
                ;;
            *'Time elapsed'*) ;;
            '['*'] Tests run: '*', Failures: '*', Errors: '*', Skipped: '*) count_tests "$line" ;;
            *'LEFT OUT: '*)
                left_out="$left_out
  ${line#*LEFT OUT: }"
                ;;
            '[INFO] BUILD '* | '[INFO] Reactor Summary'*)
                tell_module
                building=''
                ;;
        esac
    done
    tell_module
    if [ -n "$left_out" ]; then printf 'hearth: left out, though a whole run has it:%s\n' "$left_out"; fi
    if [ "$all_run" -eq 0 ]; then return 0; fi
    mark=INFO
    if [ "$all_skipped" -gt 0 ]; then mark=WARNING; fi
    if [ $((all_failures + all_errors)) -gt 0 ]; then mark=ERROR; fi
    printf '[%s] Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n' \
        "$mark" "$all_run" "$all_failures" "$all_errors" "$all_skipped"
}

# Reads "[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0", the closing line of a module.
count_tests() {
    counts=$(printf '%s' "$1" | tr -cd '0-9,' | tr , ' ')
    # shellcheck disable=SC2086 # four numbers
    set -- $counts
    run=$1 failures=$2 errors=$3 skipped=$4
    all_run=$((all_run + run))
    all_failures=$((all_failures + failures))
    all_errors=$((all_errors + errors))
    all_skipped=$((all_skipped + skipped))
}

tell_module() {
    if [ -z "$building" ]; then return 0; fi
    printf 'hearth: %-14s %5d tests, %d failed, %d skipped, %d s\n' \
        "$building" "$run" $((failures + errors)) "$skipped" $(($(date +%s) - began))
}
