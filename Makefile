# The doorbell: everything is done by meson (see meson.build).
BUILD = build

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet

$(BUILD)/build.ninja:
	@meson setup $(BUILD) >/dev/null
